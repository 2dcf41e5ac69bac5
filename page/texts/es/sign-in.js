export default {
  title: "Inicia sesión",
  lead: "Entra al espacio común de tus soluciones.",
  email: "Correo", password: "Contraseña", submit: "Iniciar sesión",
  google: "Iniciar sesión con Google", or: "o",
  forgotten: "Olvidé mi contraseña", signUp: "Crear una cuenta",
  show: "Mostrar", hide: "Ocultar",
  company: "¿A qué empresa quieres entrar?", companyLead: "Perteneces a varias.",
  code: "Código", codeTitle: "Verificación en dos pasos",
  codeLead: "Escribe el código de tu aplicación de autenticación, o uno de recuperación.",
  codeSubmit: "Verificar", back: "Volver",
};
