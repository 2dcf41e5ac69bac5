export default {
  title: "Company",
  lead: "What all your solutions share.",
  none: "You do not belong to a company yet.",
  data: "Company data",
  edit: "Edit",
  empty: "Not filled in",
  optional: "(optional)",
  saved: "Your company's data is saved.",
  groups: {
    identity: "Identification", address: "Address", contact: "Contact", settings: "Settings",
  },
  hints: {
    phone: "With or without the country's code: we keep it with it.",
    timezone: "The time your solutions use for dates and due dates.",
    decimalPrecision: "How many decimals amounts and prices carry.",
  },
  sources: {
    solution: "From {name}, {when}", person: "Confirmed by {name}, {when}",
    hub: "Confirmed in Mi Alegra, {when}", operator: "Corrected by Alegra's team, {when}",
  },
  says: "{name} says: {value}",
  use: "Use this value",
  useOf: "Use this value of {name} for {field}: {value}",
  adopted: "{field} is now as {name} says.",
  consequences: "Before saving",
  needs: {
    title: "Your solutions need more data to work",
    solution: "{name} needs:",
    notAccepted: "It cannot use the present value.",
  },
};
