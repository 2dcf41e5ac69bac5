// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "AccountFiles.h"

static const unsigned char file_change_email_html[] = {
#embed "change-email.html"
};

static const unsigned char file_countries_js[] = {
#embed "countries.js"
};

static const unsigned char file_country_codes_js[] = {
#embed "country-codes.js"
};

static const unsigned char file_documents_acceptInvitation_graphql[] = {
#embed "documents/acceptInvitation.graphql"
};

static const unsigned char file_documents_confirmEmail_graphql[] = {
#embed "documents/confirmEmail.graphql"
};

static const unsigned char file_documents_confirmSignUp_graphql[] = {
#embed "documents/confirmSignUp.graphql"
};

static const unsigned char file_documents_confirmUnlinkGoogle_graphql[] = {
#embed "documents/confirmUnlinkGoogle.graphql"
};

static const unsigned char file_documents_launchSolution_graphql[] = {
#embed "documents/launchSolution.graphql"
};

static const unsigned char file_documents_lookAtLink_graphql[] = {
#embed "documents/lookAtLink.graphql"
};

static const unsigned char file_documents_refreshSession_graphql[] = {
#embed "documents/refreshSession.graphql"
};

static const unsigned char file_documents_requestPasswordReset_graphql[] = {
#embed "documents/requestPasswordReset.graphql"
};

static const unsigned char file_documents_resetPassword_graphql[] = {
#embed "documents/resetPassword.graphql"
};

static const unsigned char file_documents_signUp_graphql[] = {
#embed "documents/signUp.graphql"
};

static const unsigned char file_documents_undoEmailChange_graphql[] = {
#embed "documents/undoEmailChange.graphql"
};

static const unsigned char file_documents_undoSecondFactor_graphql[] = {
#embed "documents/undoSecondFactor.graphql"
};

static const unsigned char file_element_js[] = {
#embed "element.js"
};

static const unsigned char file_form_js[] = {
#embed "form.js"
};

static const unsigned char file_icon_svg[] = {
#embed "icon.svg"
};

static const unsigned char file_index_html[] = {
#embed "index.html"
};

static const unsigned char file_invitation_html[] = {
#embed "invitation.html"
};

static const unsigned char file_launch_html[] = {
#embed "launch.html"
};

static const unsigned char file_launch_js[] = {
#embed "launch.js"
};

static const unsigned char file_main_js[] = {
#embed "main.js"
};

static const unsigned char file_page_css[] = {
#embed "page.css"
};

static const unsigned char file_pages_js[] = {
#embed "pages.js"
};

static const unsigned char file_request_js[] = {
#embed "request.js"
};

static const unsigned char file_reset_password_html[] = {
#embed "reset-password.html"
};

static const unsigned char file_sign_up_html[] = {
#embed "sign-up.html"
};

static const unsigned char file_texts_js[] = {
#embed "texts.js"
};

static const unsigned char file_undo_email_html[] = {
#embed "undo-email.html"
};

static const unsigned char file_undo_second_factor_html[] = {
#embed "undo-second-factor.html"
};

static const unsigned char file_unlink_google_html[] = {
#embed "unlink-google.html"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedAccountFile files[] = {
  EMBEDDED("change-email.html",
           file_change_email_html),
  EMBEDDED("countries.js",
           file_countries_js),
  EMBEDDED("country-codes.js",
           file_country_codes_js),
  EMBEDDED("documents/acceptInvitation.graphql",
           file_documents_acceptInvitation_graphql),
  EMBEDDED("documents/confirmEmail.graphql",
           file_documents_confirmEmail_graphql),
  EMBEDDED("documents/confirmSignUp.graphql",
           file_documents_confirmSignUp_graphql),
  EMBEDDED("documents/confirmUnlinkGoogle.graphql",
           file_documents_confirmUnlinkGoogle_graphql),
  EMBEDDED("documents/launchSolution.graphql",
           file_documents_launchSolution_graphql),
  EMBEDDED("documents/lookAtLink.graphql",
           file_documents_lookAtLink_graphql),
  EMBEDDED("documents/refreshSession.graphql",
           file_documents_refreshSession_graphql),
  EMBEDDED("documents/requestPasswordReset.graphql",
           file_documents_requestPasswordReset_graphql),
  EMBEDDED("documents/resetPassword.graphql",
           file_documents_resetPassword_graphql),
  EMBEDDED("documents/signUp.graphql",
           file_documents_signUp_graphql),
  EMBEDDED("documents/undoEmailChange.graphql",
           file_documents_undoEmailChange_graphql),
  EMBEDDED("documents/undoSecondFactor.graphql",
           file_documents_undoSecondFactor_graphql),
  EMBEDDED("element.js",
           file_element_js),
  EMBEDDED("form.js",
           file_form_js),
  EMBEDDED("icon.svg",
           file_icon_svg),
  EMBEDDED("index.html",
           file_index_html),
  EMBEDDED("invitation.html",
           file_invitation_html),
  EMBEDDED("launch.html",
           file_launch_html),
  EMBEDDED("launch.js",
           file_launch_js),
  EMBEDDED("main.js",
           file_main_js),
  EMBEDDED("page.css",
           file_page_css),
  EMBEDDED("pages.js",
           file_pages_js),
  EMBEDDED("request.js",
           file_request_js),
  EMBEDDED("reset-password.html",
           file_reset_password_html),
  EMBEDDED("sign-up.html",
           file_sign_up_html),
  EMBEDDED("texts.js",
           file_texts_js),
  EMBEDDED("undo-email.html",
           file_undo_email_html),
  EMBEDDED("undo-second-factor.html",
           file_undo_second_factor_html),
  EMBEDDED("unlink-google.html",
           file_unlink_google_html),
};

size_t account_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedAccountFile account_file(size_t index) { return files[index]; }
