// What stands on every section, and what any of them may say.
export default {
  brand: "Mi Alegra",
  skip: "Ir al contenido",
  menu: "Secciones",
  sections: {
    company: "Empresa", solutions: "Soluciones", profile: "Perfil", security: "Seguridad",
    integrations: "Integraciones",
  },
  launcher: { open: "Soluciones", none: "Todavía no tienes soluciones activas." },
  account: "Tu cuenta",
  companies: "Tus empresas", current: "actual",
  signOut: "Cerrar sesión",
  theme: { title: "Apariencia", system: "Como el sistema", light: "Clara", dark: "Oscura" },
  save: "Guardar", cancel: "Cancelar", close: "Cerrar", continue: "Continuar",
  choose: "Elige una opción",
  loading: "Cargando…",
  offline: "Se perdió la conexión. Volvemos a intentarlo…",
  notFound: { title: "No encontramos esta página", home: "Ir a Mi Alegra" },
  failed: { title: "No pudimos mostrar esta sección", again: "Intentar de nuevo" },
  unsaved: {
    title: "Tienes cambios sin guardar",
    text: "Si sales ahora, se pierden.",
    leave: "Salir sin guardar", stay: "Seguir editando",
  },
  reauthenticate: {
    title: "Confirma que eres tú",
    lead: "Por tu seguridad, esto pide tu contraseña otra vez.",
    googleLead: "Por tu seguridad, confírmalo con tu cuenta de Google {email}. Volverás a esta "
      + "página.",
    password: "Contraseña", code: "Código de tu aplicación o de recuperación",
    google: "Continuar con Google",
    codeLead: "Falta el código de tu segundo factor.",
  },
  problems: {
    RATE_LIMITED: "Hubo demasiados intentos. Espera unos minutos y prueba de nuevo.",
    NETWORK: "No hay conexión. Revísala y prueba de nuevo.",
    FORBIDDEN: "Tu rol no permite esto.",
    BODY_TOO_LARGE: "El archivo pesa demasiado. Elige uno más liviano.",
    other: "Algo falló de nuestro lado. Prueba de nuevo en un momento.",
  },
};
