export default {
  title: "Empresa",
  lead: "Los datos que comparten todas tus soluciones.",
  none: "Todavía no perteneces a ninguna empresa.",
  data: "Datos de la empresa",
  edit: "Editar",
  empty: "Sin completar",
  optional: "(opcional)",
  saved: "Guardamos los datos de tu empresa.",
  groups: {
    identity: "Identificación", address: "Dirección", contact: "Contacto",
    settings: "Configuración",
  },
  hints: {
    phone: "Con o sin el código del país: lo guardamos con él.",
    timezone: "La hora que usan tus soluciones para fechas y vencimientos.",
    decimalPrecision: "Cuántos decimales llevan los valores y los precios.",
  },
  sources: {
    solution: "De {name}, {when}", person: "Confirmado por {name}, {when}",
    hub: "Confirmado en Mi Alegra, {when}", operator: "Corregido por el equipo de Alegra, {when}",
  },
  says: "{name} dice: {value}",
  use: "Usar este valor",
  useOf: "Usar este valor de {name} para {field}: {value}",
  adopted: "Tomamos el valor de {name} para {field}.",
  consequences: "Antes de guardar",
  needs: {
    title: "Faltan datos para que tus soluciones funcionen",
    solution: "{name} necesita:",
    notAccepted: "El valor actual no le sirve.",
  },
};
