// What each page asks for and does: by its path below /account, and by whether it was opened with
// the token of a mail's link. The words stand in texts.js under the same names.

const outcome = "userErrors { code message field }";

const acceptInvitation = `mutation ($input: AcceptInvitationInput!) {
  acceptInvitation(input: $input) { company { name } ${outcome} } }`;

/**
 * `document` is a mutation with one field and one `$input`; `fields` are those of its input that
 * the person fills in, `given` those that stay the same. What `link` does is done by one button;
 * where the hub asks for a field of `more`, which the form does not have, that is asked for next.
 */
export const pages = {
  "sign-up": {
    ask: {
      name: "signUp", fields: ["email"],
      document: `mutation ($input: SignUpInput!) { signUp(input: $input) { ${outcome} } }`,
    },
    link: {
      name: "confirmSignUp",
      fields: ["firstName", "lastName", "companyName", "countryVersion", "country", "password"],
      given: { delivery: "COOKIE" },
      document: `mutation ($input: ConfirmSignUpInput!) {
        confirmSignUp(input: $input) { ${outcome} } }`,
    },
  },
  "reset-password": {
    ask: {
      name: "requestPasswordReset", fields: ["email"],
      document: `mutation ($input: RequestPasswordResetInput!) {
        requestPasswordReset(input: $input) { ${outcome} } }`,
    },
    link: {
      name: "resetPassword", fields: ["newPassword"],
      document: `mutation ($input: ResetPasswordInput!) {
        resetPassword(input: $input) { email ${outcome} } }`,
    },
  },
  invitation: {
    link: {
      name: "acceptInvitation", fields: [], document: acceptInvitation,
      more: {
        name: "joinAsNew", fields: ["firstName", "country", "password"],
        document: acceptInvitation,
      },
    },
  },
  "change-email": {
    link: {
      name: "confirmEmail", fields: [],
      document: `mutation ($input: ConfirmEmailInput!) {
        confirmEmail(input: $input) { email ${outcome} } }`,
    },
  },
  "undo-email": {
    link: {
      name: "undoEmailChange", fields: [],
      document: `mutation ($input: UndoEmailChangeInput!) {
        undoEmailChange(input: $input) { email ${outcome} } }`,
    },
  },
  "unlink-google": {
    link: {
      name: "confirmUnlinkGoogle", fields: [],
      document: `mutation ($input: ConfirmUnlinkGoogleInput!) {
        confirmUnlinkGoogle(input: $input) { email ${outcome} } }`,
    },
  },
};
