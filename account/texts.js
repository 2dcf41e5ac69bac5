// The words of the pages: Spanish first, then English and Portuguese. `{email}` and the like are
// filled in.

const es = {
  index: {
    title: "Tu cuenta", lead: "¿Qué quieres hacer?",
    links: { "sign-up": "Crear una cuenta", "reset-password": "Olvidé mi contraseña" },
  },
  noLink: {
    title: "Abre el enlace del correo",
    lead: "A esta página se llega por el enlace de un correo. Ábrelo completo, otra vez.",
  },
  signUp: {
    title: "Crea tu cuenta", lead: "Escribe tu correo y te enviamos un enlace para seguir.",
    button: "Enviar el enlace", done: "Revisa tu correo",
    after: "Si el correo {email} es tuyo, ahí encuentras cómo seguir.",
  },
  confirmSignUp: {
    title: "Crea tu cuenta", lead: "Completa tus datos y los de tu empresa.",
    button: "Crear mi cuenta", done: "¡Listo, {firstName}!",
    after: "{companyName} ya está en Mi Alegra y tu sesión está iniciada.",
  },
  acceptInvitation: {
    title: "Acepta la invitación", lead: "Al aceptarla perteneces a la empresa que te invita.",
    button: "Aceptar la invitación", done: "Ya perteneces a {company}",
    after: "Inicia sesión con el correo al que llegó la invitación.",
  },
  joinAsNew: {
    title: "Crea tu cuenta", lead: "Para aceptar la invitación, completa tus datos.",
    button: "Crear mi cuenta y aceptar", done: "¡Listo, {firstName}!",
    after: "Ya perteneces a {company}. Inicia sesión con el correo al que llegó la invitación.",
  },
  requestPasswordReset: {
    title: "Olvidé mi contraseña",
    lead: "Escribe el correo con el que inicias sesión y te enviamos un enlace para elegir otra.",
    button: "Enviar el enlace", done: "Revisa tu correo",
    after: "Si {email} es de una cuenta, ahí encuentras cómo seguir.",
  },
  resetPassword: {
    title: "Elige una nueva contraseña",
    lead: "Al guardarla se cierran todas las sesiones abiertas.",
    button: "Guardar la contraseña", done: "Tu contraseña cambió",
    after: "Ya puedes iniciar sesión con {email} y la nueva contraseña.",
  },
  confirmEmail: {
    title: "Confirma tu nuevo correo",
    lead: "{address} pasa a ser el correo de la cuenta {account} de Mi Alegra. Confírmalo solo si "
      + "esa cuenta es tuya.",
    button: "Confirmar este correo", done: "Tu correo cambió",
    after: "Desde ahora inicias sesión con {email}.",
  },
  confirmUnlinkGoogle: {
    title: "Desvincula Google",
    lead: "{address} pasa a ser el correo de la cuenta {account} de Mi Alegra, que deja de entrar "
      + "con Google. Confírmalo solo si esa cuenta es tuya.",
    button: "Confirmar y desvincular Google", done: "Google está desvinculado",
    after: "Desde ahora inicias sesión con {email} y tu contraseña.",
  },
  undoEmailChange: {
    title: "Deshaz el cambio de correo",
    lead: "Este correo vuelve a ser el de tu cuenta y se cierran todas las sesiones.",
    button: "Deshacer el cambio", done: "El cambio se deshizo",
    after: "Vuelves a iniciar sesión con {email}. Tu contraseña ya no sirve, por si "
      + "alguien la conoce: te enviamos un enlace para elegir otra.",
  },
  undoSecondFactor: {
    title: "Quita la verificación en dos pasos",
    lead: "Hazlo solo si no la activaste tú. Se cierran todas las sesiones y tu contraseña deja de "
      + "servir, por si alguien la conoce.",
    button: "Quitar la verificación", done: "La verificación se quitó",
    after: "Enviamos un enlace para elegir una nueva contraseña al correo de la cuenta, {email}.",
  },
  launch: {
    title: "Abriendo tu solución…", opening: "Abriendo {name}…",
    refused: "No pudimos abrir la solución",
    signedOut: {
      title: "Inicia sesión", lead: "Para abrir la solución, inicia sesión en Mi Alegra.",
      link: "Iniciar sesión",
    },
    withoutAddress: "Abrir la página principal de la solución", home: "Ir a Mi Alegra",
    again: "Intentar de nuevo",
  },
  fields: {
    email: "Correo", firstName: "Nombre", lastName: "Apellido (opcional)",
    companyName: "Nombre de la empresa", countryVersion: "País de la empresa", country: "Tu país",
    password: "Contraseña", newPassword: "Nueva contraseña",
  },
  choose: "Elige una opción", international: "Otro país (versión internacional)",
  passwordHint: "Al menos 8 caracteres.",
  problems: {
    RATE_LIMITED: "Hubo demasiados intentos. Espera unos minutos e inténtalo de nuevo.",
    NETWORK: "No hay conexión. Revísala e inténtalo de nuevo.",
    other: "Algo falló de nuestro lado. Inténtalo de nuevo en un momento.",
  },
};

const en = {
  index: {
    title: "Your account", lead: "What do you want to do?",
    links: { "sign-up": "Create an account", "reset-password": "I forgot my password" },
  },
  noLink: {
    title: "Open the mail's link",
    lead: "This page is reached by the link of a mail. Open it once more, all of it.",
  },
  signUp: {
    title: "Create your account", lead: "Enter your email and we send you a link to go on.",
    button: "Send the link", done: "Check your mail",
    after: "If the email {email} is yours, you find there how to go on.",
  },
  confirmSignUp: {
    title: "Create your account", lead: "Tell us about you and your company.",
    button: "Create my account", done: "Done, {firstName}!",
    after: "{companyName} is in Mi Alegra, and you are signed in.",
  },
  acceptInvitation: {
    title: "Accept the invitation",
    lead: "By accepting you belong to the company that invites you.",
    button: "Accept the invitation", done: "You now belong to {company}",
    after: "Sign in with the email that the invitation came to.",
  },
  joinAsNew: {
    title: "Create your account", lead: "To accept the invitation, tell us about you.",
    button: "Create my account and accept", done: "Done, {firstName}!",
    after: "You now belong to {company}. Sign in with the email that the invitation came to.",
  },
  requestPasswordReset: {
    title: "I forgot my password",
    lead: "Enter the email you sign in with and we send you a link to choose another password.",
    button: "Send the link", done: "Check your mail",
    after: "If {email} belongs to an account, you find there how to go on.",
  },
  resetPassword: {
    title: "Choose a new password", lead: "Saving it closes every open session.",
    button: "Save the password", done: "Your password changed",
    after: "You can now sign in with {email} and the new password.",
  },
  confirmEmail: {
    title: "Confirm your new email",
    lead: "{address} becomes the email of the Mi Alegra account {account}. Confirm it only if that "
      + "account is yours.",
    button: "Confirm this email", done: "Your email changed",
    after: "From now on you sign in with {email}.",
  },
  confirmUnlinkGoogle: {
    title: "Unlink Google",
    lead: "{address} becomes the email of the Mi Alegra account {account}, which stops signing in "
      + "with Google. Confirm it only if that account is yours.",
    button: "Confirm and unlink Google", done: "Google is unlinked",
    after: "From now on you sign in with {email} and your password.",
  },
  undoEmailChange: {
    title: "Undo the change of email",
    lead: "This email is your account's again, and every session is closed.",
    button: "Undo the change", done: "The change was undone",
    after: "You sign in with {email} again. Your password is not good any more, in case "
      + "somebody knows it: we sent you a link to choose another.",
  },
  undoSecondFactor: {
    title: "Take two-step verification away",
    lead: "Only if it was not you who turned it on. Every session is closed, and your password "
      + "opens nothing any more, in case somebody knows it.",
    button: "Take the verification away", done: "The verification is gone",
    after: "We sent a link to choose a new password to the account's email, {email}.",
  },
  launch: {
    title: "Opening your solution…", opening: "Opening {name}…",
    refused: "We could not open the solution",
    signedOut: {
      title: "Sign in", lead: "To open the solution, sign in to Mi Alegra.", link: "Sign in",
    },
    withoutAddress: "Open the solution's main page", home: "Go to Mi Alegra", again: "Try again",
  },
  fields: {
    email: "Email", firstName: "First name", lastName: "Last name (optional)",
    companyName: "Company name", countryVersion: "The company's country", country: "Your country",
    password: "Password", newPassword: "New password",
  },
  choose: "Choose an option", international: "Another country (international version)",
  passwordHint: "At least 8 characters.",
  problems: {
    RATE_LIMITED: "There were too many attempts. Wait a few minutes and try again.",
    NETWORK: "There is no connection. Check it and try again.",
    other: "Something failed on our side. Try again in a moment.",
  },
};

const pt = {
  index: {
    title: "Sua conta", lead: "O que você quer fazer?",
    links: { "sign-up": "Criar uma conta", "reset-password": "Esqueci minha senha" },
  },
  noLink: {
    title: "Abra o link do e-mail",
    lead: "Chega-se a esta página pelo link de um e-mail. Abra-o de novo, por inteiro.",
  },
  signUp: {
    title: "Crie sua conta", lead: "Escreva seu e-mail e enviamos um link para continuar.",
    button: "Enviar o link", done: "Confira seu e-mail",
    after: "Se o e-mail {email} é seu, lá você encontra como continuar.",
  },
  confirmSignUp: {
    title: "Crie sua conta", lead: "Complete seus dados e os da sua empresa.",
    button: "Criar minha conta", done: "Pronto, {firstName}!",
    after: "{companyName} já está no Mi Alegra e você já entrou.",
  },
  acceptInvitation: {
    title: "Aceite o convite", lead: "Ao aceitá-lo, você pertence à empresa que convida.",
    button: "Aceitar o convite", done: "Agora você pertence a {company}",
    after: "Entre com o e-mail em que o convite chegou.",
  },
  joinAsNew: {
    title: "Crie sua conta", lead: "Para aceitar o convite, complete seus dados.",
    button: "Criar minha conta e aceitar", done: "Pronto, {firstName}!",
    after: "Agora você pertence a {company}. Entre com o e-mail em que o convite chegou.",
  },
  requestPasswordReset: {
    title: "Esqueci minha senha",
    lead: "Escreva o e-mail com que você entra e enviamos um link para escolher outra senha.",
    button: "Enviar o link", done: "Confira seu e-mail",
    after: "Se {email} é de uma conta, lá você encontra como continuar.",
  },
  resetPassword: {
    title: "Escolha uma nova senha",
    lead: "Ao salvá-la, todas as sessões abertas são encerradas.",
    button: "Salvar a senha", done: "Sua senha mudou",
    after: "Você já pode entrar com {email} e a nova senha.",
  },
  confirmEmail: {
    title: "Confirme seu novo e-mail",
    lead: "{address} passa a ser o e-mail da conta {account} do Mi Alegra. Confirme só se essa "
      + "conta é sua.",
    button: "Confirmar este e-mail", done: "Seu e-mail mudou",
    after: "A partir de agora você entra com {email}.",
  },
  confirmUnlinkGoogle: {
    title: "Desvincule o Google",
    lead: "{address} passa a ser o e-mail da conta {account} do Mi Alegra, que deixa de entrar com "
      + "o Google. Confirme só se essa conta é sua.",
    button: "Confirmar e desvincular o Google", done: "O Google está desvinculado",
    after: "A partir de agora você entra com {email} e sua senha.",
  },
  undoEmailChange: {
    title: "Desfaça a mudança de e-mail",
    lead: "Este e-mail volta a ser o da sua conta e todas as sessões são encerradas.",
    button: "Desfazer a mudança", done: "A mudança foi desfeita",
    after: "Você volta a entrar com {email}. Sua senha não vale mais, caso alguém a "
      + "conheça: enviamos um link para escolher outra.",
  },
  undoSecondFactor: {
    title: "Remova a verificação em duas etapas",
    lead: "Só se não foi você quem a ativou. Todas as sessões são encerradas e sua senha deixa de "
      + "valer, caso alguém a conheça.",
    button: "Remover a verificação", done: "A verificação foi removida",
    after: "Enviamos um link para escolher uma nova senha ao e-mail da conta, {email}.",
  },
  launch: {
    title: "Abrindo sua solução…", opening: "Abrindo {name}…",
    refused: "Não foi possível abrir a solução",
    signedOut: {
      title: "Entre", lead: "Para abrir a solução, entre no Mi Alegra.", link: "Entrar",
    },
    withoutAddress: "Abrir a página principal da solução", home: "Ir ao Mi Alegra",
    again: "Tentar de novo",
  },
  fields: {
    email: "E-mail", firstName: "Nome", lastName: "Sobrenome (opcional)",
    companyName: "Nome da empresa", countryVersion: "País da empresa", country: "Seu país",
    password: "Senha", newPassword: "Nova senha",
  },
  choose: "Escolha uma opção", international: "Outro país (versão internacional)",
  passwordHint: "Pelo menos 8 caracteres.",
  problems: {
    RATE_LIMITED: "Houve tentativas demais. Espere alguns minutos e tente de novo.",
    NETWORK: "Não há conexão. Confira-a e tente de novo.",
    other: "Algo falhou do nosso lado. Tente de novo em um momento.",
  },
};

/** By language; each has the same words. */
export const all = { es, en, pt };

/** The first of the browser's languages that there are words in; else Spanish. */
export const language = navigator.languages.map((tag) => tag.toLowerCase().split("-")[0])
  .find((base) => Object.hasOwn(all, base)) ?? "es";

export const texts = all[language];

/** The text with its values. */
export const filled = (text, values) =>
  text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
