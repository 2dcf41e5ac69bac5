// What each page asks for and does: by its path below /account, and by whether it was opened with
// the token of a mail's link. The words stand in texts.js under the same names.

import { documents } from "./documents.js";

/**
 * `document` is a mutation with one field and one `$input`; `fields` are those of its input that
 * the person fills in, `given` those that stay the same. What `link` does is done by one button;
 * where the hub asks for a field of `more`, which the form does not have, that is asked for next.
 * What `look` tells stands in the words before the button.
 */
export const pages = {
  "sign-up": {
    ask: { name: "signUp", fields: ["email"], document: documents.signUp },
    link: {
      name: "confirmSignUp",
      fields: ["firstName", "lastName", "companyName", "countryVersion", "country", "password"],
      given: { delivery: "COOKIE" },
      document: documents.confirmSignUp,
    },
  },
  "reset-password": {
    ask: {
      name: "requestPasswordReset", fields: ["email"], document: documents.requestPasswordReset,
    },
    link: {
      name: "resetPassword", fields: ["newPassword"], given: { delivery: "COOKIE" },
      document: documents.resetPassword,
    },
  },
  invitation: {
    link: {
      name: "acceptInvitation", fields: [], document: documents.acceptInvitation,
      more: {
        name: "joinAsNew", fields: ["firstName", "country", "password"],
        document: documents.acceptInvitation,
      },
    },
  },
  "change-email": {
    link: {
      name: "confirmEmail", fields: [], look: documents.lookAtLink,
      document: documents.confirmEmail,
    },
  },
  "undo-email": {
    link: { name: "undoEmailChange", fields: [], document: documents.undoEmailChange },
  },
  "undo-second-factor": {
    link: { name: "undoSecondFactor", fields: [], document: documents.undoSecondFactor },
  },
  "unlink-google": {
    link: {
      name: "confirmUnlinkGoogle", fields: [], look: documents.lookAtLink,
      document: documents.confirmUnlinkGoogle,
    },
  },
};
