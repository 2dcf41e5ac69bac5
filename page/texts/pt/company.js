export default {
  title: "Empresa",
  lead: "Os dados que todas as suas soluções compartilham.",
  none: "Você ainda não pertence a nenhuma empresa.",
  data: "Dados da empresa",
  edit: "Editar",
  empty: "Não preenchido",
  optional: "(opcional)",
  saved: "Salvamos os dados da sua empresa.",
  groups: {
    identity: "Identificação", address: "Endereço", contact: "Contato",
    settings: "Configurações",
  },
  hints: {
    phone: "Com ou sem o código do país: nós o guardamos com ele.",
    timezone: "O horário que suas soluções usam para datas e vencimentos.",
    decimalPrecision: "Quantas casas decimais têm os valores e os preços.",
  },
  sources: {
    solution: "De {name}, {when}", person: "Confirmado por {name}, {when}",
    hub: "Confirmado no Mi Alegra, {when}", operator: "Corrigido pela equipe da Alegra, {when}",
  },
  says: "{name} diz: {value}",
  use: "Usar este valor",
  useOf: "Usar este valor de {name} para {field}: {value}",
  adopted: "Usamos o valor de {name} para {field}.",
  consequences: "Antes de salvar",
  needs: {
    title: "Faltam dados para que suas soluções funcionem",
    solution: "{name} precisa de:",
    notAccepted: "O valor atual não serve.",
  },
};
