// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "PageFiles.h"

static const unsigned char file_app_client_js[] = {
#embed "app/client.js"
};

static const unsigned char file_app_events_js[] = {
#embed "app/events.js"
};

static const unsigned char file_app_main_js[] = {
#embed "app/main.js"
};

static const unsigned char file_app_page_js[] = {
#embed "app/page.js"
};

static const unsigned char file_app_reauthenticate_js[] = {
#embed "app/reauthenticate.js"
};

static const unsigned char file_app_request_js[] = {
#embed "app/request.js"
};

static const unsigned char file_app_router_js[] = {
#embed "app/router.js"
};

static const unsigned char file_app_session_js[] = {
#embed "app/session.js"
};

static const unsigned char file_app_shell_js[] = {
#embed "app/shell.js"
};

static const unsigned char file_app_texts_js[] = {
#embed "app/texts.js"
};

static const unsigned char file_app_views_js[] = {
#embed "app/views.js"
};

static const unsigned char file_controls_card_js[] = {
#embed "controls/card.js"
};

static const unsigned char file_controls_consequences_js[] = {
#embed "controls/consequences.js"
};

static const unsigned char file_controls_crop_js[] = {
#embed "controls/crop.js"
};

static const unsigned char file_controls_cropper_js[] = {
#embed "controls/cropper.js"
};

static const unsigned char file_controls_dialog_js[] = {
#embed "controls/dialog.js"
};

static const unsigned char file_controls_element_js[] = {
#embed "controls/element.js"
};

static const unsigned char file_controls_field_js[] = {
#embed "controls/field.js"
};

static const unsigned char file_controls_form_js[] = {
#embed "controls/form.js"
};

static const unsigned char file_controls_menu_js[] = {
#embed "controls/menu.js"
};

static const unsigned char file_controls_notice_js[] = {
#embed "controls/notice.js"
};

static const unsigned char file_controls_password_field_js[] = {
#embed "controls/password-field.js"
};

static const unsigned char file_controls_password_strength_js[] = {
#embed "controls/password-strength.js"
};

static const unsigned char file_controls_qr_js[] = {
#embed "controls/qr.js"
};

static const unsigned char file_documents_activateSolution_graphql[] = {
#embed "documents/activateSolution.graphql"
};

static const unsigned char file_documents_adoptClaim_graphql[] = {
#embed "documents/adoptClaim.graphql"
};

static const unsigned char file_documents_cancelEmailChange_graphql[] = {
#embed "documents/cancelEmailChange.graphql"
};

static const unsigned char file_documents_changeEmail_graphql[] = {
#embed "documents/changeEmail.graphql"
};

static const unsigned char file_documents_changePassword_graphql[] = {
#embed "documents/changePassword.graphql"
};

static const unsigned char file_documents_changePlan_graphql[] = {
#embed "documents/changePlan.graphql"
};

static const unsigned char file_documents_company_graphql[] = {
#embed "documents/company.graphql"
};

static const unsigned char file_documents_completeSignIn_graphql[] = {
#embed "documents/completeSignIn.graphql"
};

static const unsigned char file_documents_confirmSecondFactor_graphql[] = {
#embed "documents/confirmSecondFactor.graphql"
};

static const unsigned char file_documents_deactivateSolution_graphql[] = {
#embed "documents/deactivateSolution.graphql"
};

static const unsigned char file_documents_disableSecondFactor_graphql[] = {
#embed "documents/disableSecondFactor.graphql"
};

static const unsigned char file_documents_enrolSecondFactor_graphql[] = {
#embed "documents/enrolSecondFactor.graphql"
};

static const unsigned char file_documents_events_graphql[] = {
#embed "documents/events.graphql"
};

static const unsigned char file_documents_fragments_CompanyParts_graphql[] = {
#embed "documents/fragments/CompanyParts.graphql"
};

static const unsigned char file_documents_fragments_ProfileParts_graphql[] = {
#embed "documents/fragments/ProfileParts.graphql"
};

static const unsigned char file_documents_fragments_SecurityParts_graphql[] = {
#embed "documents/fragments/SecurityParts.graphql"
};

static const unsigned char file_documents_fragments_Shell_graphql[] = {
#embed "documents/fragments/Shell.graphql"
};

static const unsigned char file_documents_fragments_SolutionParts_graphql[] = {
#embed "documents/fragments/SolutionParts.graphql"
};

static const unsigned char file_documents_googleOutcomes_graphql[] = {
#embed "documents/googleOutcomes.graphql"
};

static const unsigned char file_documents_launcher_graphql[] = {
#embed "documents/launcher.graphql"
};

static const unsigned char file_documents_profile_graphql[] = {
#embed "documents/profile.graphql"
};

static const unsigned char file_documents_reauthenticate_graphql[] = {
#embed "documents/reauthenticate.graphql"
};

static const unsigned char file_documents_reauthentication_graphql[] = {
#embed "documents/reauthentication.graphql"
};

static const unsigned char file_documents_refreshSession_graphql[] = {
#embed "documents/refreshSession.graphql"
};

static const unsigned char file_documents_regenerateRecoveryCodes_graphql[] = {
#embed "documents/regenerateRecoveryCodes.graphql"
};

static const unsigned char file_documents_revokeOtherSessions_graphql[] = {
#embed "documents/revokeOtherSessions.graphql"
};

static const unsigned char file_documents_revokeSession_graphql[] = {
#embed "documents/revokeSession.graphql"
};

static const unsigned char file_documents_security_graphql[] = {
#embed "documents/security.graphql"
};

static const unsigned char file_documents_signIn_graphql[] = {
#embed "documents/signIn.graphql"
};

static const unsigned char file_documents_signOut_graphql[] = {
#embed "documents/signOut.graphql"
};

static const unsigned char file_documents_solutions_graphql[] = {
#embed "documents/solutions.graphql"
};

static const unsigned char file_documents_startGoogle_graphql[] = {
#embed "documents/startGoogle.graphql"
};

static const unsigned char file_documents_switchCompany_graphql[] = {
#embed "documents/switchCompany.graphql"
};

static const unsigned char file_documents_unlinkGoogle_graphql[] = {
#embed "documents/unlinkGoogle.graphql"
};

static const unsigned char file_documents_updateCompany_graphql[] = {
#embed "documents/updateCompany.graphql"
};

static const unsigned char file_documents_updateProfile_graphql[] = {
#embed "documents/updateProfile.graphql"
};

static const unsigned char file_icon_svg[] = {
#embed "icon.svg"
};

static const unsigned char file_icons_svg[] = {
#embed "icons.svg"
};

static const unsigned char file_index_html[] = {
#embed "index.html"
};

static const unsigned char file_launcher_js[] = {
#embed "launcher.js"
};

static const unsigned char file_style_base_css[] = {
#embed "style/base.css"
};

static const unsigned char file_style_company_css[] = {
#embed "style/company.css"
};

static const unsigned char file_style_controls_css[] = {
#embed "style/controls.css"
};

static const unsigned char file_style_print_css[] = {
#embed "style/print.css"
};

static const unsigned char file_style_shell_css[] = {
#embed "style/shell.css"
};

static const unsigned char file_style_tokens_css[] = {
#embed "style/tokens.css"
};

static const unsigned char file_style_views_css[] = {
#embed "style/views.css"
};

static const unsigned char file_texts_en_company_js[] = {
#embed "texts/en/company.js"
};

static const unsigned char file_texts_en_google_js[] = {
#embed "texts/en/google.js"
};

static const unsigned char file_texts_en_profile_js[] = {
#embed "texts/en/profile.js"
};

static const unsigned char file_texts_en_security_js[] = {
#embed "texts/en/security.js"
};

static const unsigned char file_texts_en_shell_js[] = {
#embed "texts/en/shell.js"
};

static const unsigned char file_texts_en_sign_in_js[] = {
#embed "texts/en/sign-in.js"
};

static const unsigned char file_texts_en_solutions_js[] = {
#embed "texts/en/solutions.js"
};

static const unsigned char file_texts_es_company_js[] = {
#embed "texts/es/company.js"
};

static const unsigned char file_texts_es_google_js[] = {
#embed "texts/es/google.js"
};

static const unsigned char file_texts_es_profile_js[] = {
#embed "texts/es/profile.js"
};

static const unsigned char file_texts_es_security_js[] = {
#embed "texts/es/security.js"
};

static const unsigned char file_texts_es_shell_js[] = {
#embed "texts/es/shell.js"
};

static const unsigned char file_texts_es_sign_in_js[] = {
#embed "texts/es/sign-in.js"
};

static const unsigned char file_texts_es_solutions_js[] = {
#embed "texts/es/solutions.js"
};

static const unsigned char file_texts_pt_company_js[] = {
#embed "texts/pt/company.js"
};

static const unsigned char file_texts_pt_google_js[] = {
#embed "texts/pt/google.js"
};

static const unsigned char file_texts_pt_profile_js[] = {
#embed "texts/pt/profile.js"
};

static const unsigned char file_texts_pt_security_js[] = {
#embed "texts/pt/security.js"
};

static const unsigned char file_texts_pt_shell_js[] = {
#embed "texts/pt/shell.js"
};

static const unsigned char file_texts_pt_sign_in_js[] = {
#embed "texts/pt/sign-in.js"
};

static const unsigned char file_texts_pt_solutions_js[] = {
#embed "texts/pt/solutions.js"
};

static const unsigned char file_views_company_company_js[] = {
#embed "views/company/company.js"
};

static const unsigned char file_views_company_data_js[] = {
#embed "views/company/data.js"
};

static const unsigned char file_views_company_form_js[] = {
#embed "views/company/form.js"
};

static const unsigned char file_views_company_needs_js[] = {
#embed "views/company/needs.js"
};

static const unsigned char file_views_google_js[] = {
#embed "views/google.js"
};

static const unsigned char file_views_profile_details_js[] = {
#embed "views/profile/details.js"
};

static const unsigned char file_views_profile_photo_js[] = {
#embed "views/profile/photo.js"
};

static const unsigned char file_views_profile_profile_js[] = {
#embed "views/profile/profile.js"
};

static const unsigned char file_views_security_activity_js[] = {
#embed "views/security/activity.js"
};

static const unsigned char file_views_security_factor_dialogs_js[] = {
#embed "views/security/factor-dialogs.js"
};

static const unsigned char file_views_security_factor_js[] = {
#embed "views/security/factor.js"
};

static const unsigned char file_views_security_google_js[] = {
#embed "views/security/google.js"
};

static const unsigned char file_views_security_login_js[] = {
#embed "views/security/login.js"
};

static const unsigned char file_views_security_security_js[] = {
#embed "views/security/security.js"
};

static const unsigned char file_views_security_sessions_js[] = {
#embed "views/security/sessions.js"
};

static const unsigned char file_views_security_unlinking_js[] = {
#embed "views/security/unlinking.js"
};

static const unsigned char file_views_sign_in_js[] = {
#embed "views/sign-in.js"
};

static const unsigned char file_views_solutions_changes_js[] = {
#embed "views/solutions/changes.js"
};

static const unsigned char file_views_solutions_row_js[] = {
#embed "views/solutions/row.js"
};

static const unsigned char file_views_solutions_solutions_js[] = {
#embed "views/solutions/solutions.js"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedPageFile files[] = {
  EMBEDDED("app/client.js",
           file_app_client_js),
  EMBEDDED("app/events.js",
           file_app_events_js),
  EMBEDDED("app/main.js",
           file_app_main_js),
  EMBEDDED("app/page.js",
           file_app_page_js),
  EMBEDDED("app/reauthenticate.js",
           file_app_reauthenticate_js),
  EMBEDDED("app/request.js",
           file_app_request_js),
  EMBEDDED("app/router.js",
           file_app_router_js),
  EMBEDDED("app/session.js",
           file_app_session_js),
  EMBEDDED("app/shell.js",
           file_app_shell_js),
  EMBEDDED("app/texts.js",
           file_app_texts_js),
  EMBEDDED("app/views.js",
           file_app_views_js),
  EMBEDDED("controls/card.js",
           file_controls_card_js),
  EMBEDDED("controls/consequences.js",
           file_controls_consequences_js),
  EMBEDDED("controls/crop.js",
           file_controls_crop_js),
  EMBEDDED("controls/cropper.js",
           file_controls_cropper_js),
  EMBEDDED("controls/dialog.js",
           file_controls_dialog_js),
  EMBEDDED("controls/element.js",
           file_controls_element_js),
  EMBEDDED("controls/field.js",
           file_controls_field_js),
  EMBEDDED("controls/form.js",
           file_controls_form_js),
  EMBEDDED("controls/menu.js",
           file_controls_menu_js),
  EMBEDDED("controls/notice.js",
           file_controls_notice_js),
  EMBEDDED("controls/password-field.js",
           file_controls_password_field_js),
  EMBEDDED("controls/password-strength.js",
           file_controls_password_strength_js),
  EMBEDDED("controls/qr.js",
           file_controls_qr_js),
  EMBEDDED("documents/activateSolution.graphql",
           file_documents_activateSolution_graphql),
  EMBEDDED("documents/adoptClaim.graphql",
           file_documents_adoptClaim_graphql),
  EMBEDDED("documents/cancelEmailChange.graphql",
           file_documents_cancelEmailChange_graphql),
  EMBEDDED("documents/changeEmail.graphql",
           file_documents_changeEmail_graphql),
  EMBEDDED("documents/changePassword.graphql",
           file_documents_changePassword_graphql),
  EMBEDDED("documents/changePlan.graphql",
           file_documents_changePlan_graphql),
  EMBEDDED("documents/company.graphql",
           file_documents_company_graphql),
  EMBEDDED("documents/completeSignIn.graphql",
           file_documents_completeSignIn_graphql),
  EMBEDDED("documents/confirmSecondFactor.graphql",
           file_documents_confirmSecondFactor_graphql),
  EMBEDDED("documents/deactivateSolution.graphql",
           file_documents_deactivateSolution_graphql),
  EMBEDDED("documents/disableSecondFactor.graphql",
           file_documents_disableSecondFactor_graphql),
  EMBEDDED("documents/enrolSecondFactor.graphql",
           file_documents_enrolSecondFactor_graphql),
  EMBEDDED("documents/events.graphql",
           file_documents_events_graphql),
  EMBEDDED("documents/fragments/CompanyParts.graphql",
           file_documents_fragments_CompanyParts_graphql),
  EMBEDDED("documents/fragments/ProfileParts.graphql",
           file_documents_fragments_ProfileParts_graphql),
  EMBEDDED("documents/fragments/SecurityParts.graphql",
           file_documents_fragments_SecurityParts_graphql),
  EMBEDDED("documents/fragments/Shell.graphql",
           file_documents_fragments_Shell_graphql),
  EMBEDDED("documents/fragments/SolutionParts.graphql",
           file_documents_fragments_SolutionParts_graphql),
  EMBEDDED("documents/googleOutcomes.graphql",
           file_documents_googleOutcomes_graphql),
  EMBEDDED("documents/launcher.graphql",
           file_documents_launcher_graphql),
  EMBEDDED("documents/profile.graphql",
           file_documents_profile_graphql),
  EMBEDDED("documents/reauthenticate.graphql",
           file_documents_reauthenticate_graphql),
  EMBEDDED("documents/reauthentication.graphql",
           file_documents_reauthentication_graphql),
  EMBEDDED("documents/refreshSession.graphql",
           file_documents_refreshSession_graphql),
  EMBEDDED("documents/regenerateRecoveryCodes.graphql",
           file_documents_regenerateRecoveryCodes_graphql),
  EMBEDDED("documents/revokeOtherSessions.graphql",
           file_documents_revokeOtherSessions_graphql),
  EMBEDDED("documents/revokeSession.graphql",
           file_documents_revokeSession_graphql),
  EMBEDDED("documents/security.graphql",
           file_documents_security_graphql),
  EMBEDDED("documents/signIn.graphql",
           file_documents_signIn_graphql),
  EMBEDDED("documents/signOut.graphql",
           file_documents_signOut_graphql),
  EMBEDDED("documents/solutions.graphql",
           file_documents_solutions_graphql),
  EMBEDDED("documents/startGoogle.graphql",
           file_documents_startGoogle_graphql),
  EMBEDDED("documents/switchCompany.graphql",
           file_documents_switchCompany_graphql),
  EMBEDDED("documents/unlinkGoogle.graphql",
           file_documents_unlinkGoogle_graphql),
  EMBEDDED("documents/updateCompany.graphql",
           file_documents_updateCompany_graphql),
  EMBEDDED("documents/updateProfile.graphql",
           file_documents_updateProfile_graphql),
  EMBEDDED("icon.svg",
           file_icon_svg),
  EMBEDDED("icons.svg",
           file_icons_svg),
  EMBEDDED("index.html",
           file_index_html),
  EMBEDDED("launcher.js",
           file_launcher_js),
  EMBEDDED("style/base.css",
           file_style_base_css),
  EMBEDDED("style/company.css",
           file_style_company_css),
  EMBEDDED("style/controls.css",
           file_style_controls_css),
  EMBEDDED("style/print.css",
           file_style_print_css),
  EMBEDDED("style/shell.css",
           file_style_shell_css),
  EMBEDDED("style/tokens.css",
           file_style_tokens_css),
  EMBEDDED("style/views.css",
           file_style_views_css),
  EMBEDDED("texts/en/company.js",
           file_texts_en_company_js),
  EMBEDDED("texts/en/google.js",
           file_texts_en_google_js),
  EMBEDDED("texts/en/profile.js",
           file_texts_en_profile_js),
  EMBEDDED("texts/en/security.js",
           file_texts_en_security_js),
  EMBEDDED("texts/en/shell.js",
           file_texts_en_shell_js),
  EMBEDDED("texts/en/sign-in.js",
           file_texts_en_sign_in_js),
  EMBEDDED("texts/en/solutions.js",
           file_texts_en_solutions_js),
  EMBEDDED("texts/es/company.js",
           file_texts_es_company_js),
  EMBEDDED("texts/es/google.js",
           file_texts_es_google_js),
  EMBEDDED("texts/es/profile.js",
           file_texts_es_profile_js),
  EMBEDDED("texts/es/security.js",
           file_texts_es_security_js),
  EMBEDDED("texts/es/shell.js",
           file_texts_es_shell_js),
  EMBEDDED("texts/es/sign-in.js",
           file_texts_es_sign_in_js),
  EMBEDDED("texts/es/solutions.js",
           file_texts_es_solutions_js),
  EMBEDDED("texts/pt/company.js",
           file_texts_pt_company_js),
  EMBEDDED("texts/pt/google.js",
           file_texts_pt_google_js),
  EMBEDDED("texts/pt/profile.js",
           file_texts_pt_profile_js),
  EMBEDDED("texts/pt/security.js",
           file_texts_pt_security_js),
  EMBEDDED("texts/pt/shell.js",
           file_texts_pt_shell_js),
  EMBEDDED("texts/pt/sign-in.js",
           file_texts_pt_sign_in_js),
  EMBEDDED("texts/pt/solutions.js",
           file_texts_pt_solutions_js),
  EMBEDDED("views/company/company.js",
           file_views_company_company_js),
  EMBEDDED("views/company/data.js",
           file_views_company_data_js),
  EMBEDDED("views/company/form.js",
           file_views_company_form_js),
  EMBEDDED("views/company/needs.js",
           file_views_company_needs_js),
  EMBEDDED("views/google.js",
           file_views_google_js),
  EMBEDDED("views/profile/details.js",
           file_views_profile_details_js),
  EMBEDDED("views/profile/photo.js",
           file_views_profile_photo_js),
  EMBEDDED("views/profile/profile.js",
           file_views_profile_profile_js),
  EMBEDDED("views/security/activity.js",
           file_views_security_activity_js),
  EMBEDDED("views/security/factor-dialogs.js",
           file_views_security_factor_dialogs_js),
  EMBEDDED("views/security/factor.js",
           file_views_security_factor_js),
  EMBEDDED("views/security/google.js",
           file_views_security_google_js),
  EMBEDDED("views/security/login.js",
           file_views_security_login_js),
  EMBEDDED("views/security/security.js",
           file_views_security_security_js),
  EMBEDDED("views/security/sessions.js",
           file_views_security_sessions_js),
  EMBEDDED("views/security/unlinking.js",
           file_views_security_unlinking_js),
  EMBEDDED("views/sign-in.js",
           file_views_sign_in_js),
  EMBEDDED("views/solutions/changes.js",
           file_views_solutions_changes_js),
  EMBEDDED("views/solutions/row.js",
           file_views_solutions_row_js),
  EMBEDDED("views/solutions/solutions.js",
           file_views_solutions_solutions_js),
};

size_t page_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedPageFile page_file(size_t index) { return files[index]; }
