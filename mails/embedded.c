// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "MailFiles.h"

static const unsigned char file_en_account_deleted_mustache[] = {
#embed "en/account_deleted.mustache"
};

static const unsigned char file_en_change_email_mustache[] = {
#embed "en/change_email.mustache"
};

static const unsigned char file_en_change_email_known_mustache[] = {
#embed "en/change_email_known.mustache"
};

static const unsigned char file_en_company_deleted_mustache[] = {
#embed "en/company_deleted.mustache"
};

static const unsigned char file_en_confirm_unlink_google_mustache[] = {
#embed "en/confirm_unlink_google.mustache"
};

static const unsigned char file_en_email_changed_mustache[] = {
#embed "en/email_changed.mustache"
};

static const unsigned char file_en_email_changed_undo_mustache[] = {
#embed "en/email_changed_undo.mustache"
};

static const unsigned char file_en_email_undone_mustache[] = {
#embed "en/email_undone.mustache"
};

static const unsigned char file_en_email_undone_notice_mustache[] = {
#embed "en/email_undone_notice.mustache"
};

static const unsigned char file_en_frame_mustache[] = {
#embed "en/frame.mustache"
};

static const unsigned char file_en_google_linked_mustache[] = {
#embed "en/google_linked.mustache"
};

static const unsigned char file_en_google_unlinked_mustache[] = {
#embed "en/google_unlinked.mustache"
};

static const unsigned char file_en_invitation_mustache[] = {
#embed "en/invitation.mustache"
};

static const unsigned char file_en_new_device_mustache[] = {
#embed "en/new_device.mustache"
};

static const unsigned char file_en_password_changed_mustache[] = {
#embed "en/password_changed.mustache"
};

static const unsigned char file_en_reset_password_mustache[] = {
#embed "en/reset_password.mustache"
};

static const unsigned char file_en_second_factor_disabled_mustache[] = {
#embed "en/second_factor_disabled.mustache"
};

static const unsigned char file_en_second_factor_enabled_mustache[] = {
#embed "en/second_factor_enabled.mustache"
};

static const unsigned char file_en_second_factor_recovery_mustache[] = {
#embed "en/second_factor_recovery.mustache"
};

static const unsigned char file_en_second_factor_undone_mustache[] = {
#embed "en/second_factor_undone.mustache"
};

static const unsigned char file_en_second_factor_undone_notice_mustache[] = {
#embed "en/second_factor_undone_notice.mustache"
};

static const unsigned char file_en_sign_up_mustache[] = {
#embed "en/sign_up.mustache"
};

static const unsigned char file_en_sign_up_known_mustache[] = {
#embed "en/sign_up_known.mustache"
};

static const unsigned char file_en_webhook_disabled_mustache[] = {
#embed "en/webhook_disabled.mustache"
};

static const unsigned char file_es_AR_account_deleted_mustache[] = {
#embed "es-AR/account_deleted.mustache"
};

static const unsigned char file_es_AR_change_email_mustache[] = {
#embed "es-AR/change_email.mustache"
};

static const unsigned char file_es_AR_change_email_known_mustache[] = {
#embed "es-AR/change_email_known.mustache"
};

static const unsigned char file_es_AR_company_deleted_mustache[] = {
#embed "es-AR/company_deleted.mustache"
};

static const unsigned char file_es_AR_confirm_unlink_google_mustache[] = {
#embed "es-AR/confirm_unlink_google.mustache"
};

static const unsigned char file_es_AR_email_changed_mustache[] = {
#embed "es-AR/email_changed.mustache"
};

static const unsigned char file_es_AR_email_changed_undo_mustache[] = {
#embed "es-AR/email_changed_undo.mustache"
};

static const unsigned char file_es_AR_email_undone_mustache[] = {
#embed "es-AR/email_undone.mustache"
};

static const unsigned char file_es_AR_google_linked_mustache[] = {
#embed "es-AR/google_linked.mustache"
};

static const unsigned char file_es_AR_google_unlinked_mustache[] = {
#embed "es-AR/google_unlinked.mustache"
};

static const unsigned char file_es_AR_invitation_mustache[] = {
#embed "es-AR/invitation.mustache"
};

static const unsigned char file_es_AR_new_device_mustache[] = {
#embed "es-AR/new_device.mustache"
};

static const unsigned char file_es_AR_password_changed_mustache[] = {
#embed "es-AR/password_changed.mustache"
};

static const unsigned char file_es_AR_reset_password_mustache[] = {
#embed "es-AR/reset_password.mustache"
};

static const unsigned char file_es_AR_second_factor_disabled_mustache[] = {
#embed "es-AR/second_factor_disabled.mustache"
};

static const unsigned char file_es_AR_second_factor_enabled_mustache[] = {
#embed "es-AR/second_factor_enabled.mustache"
};

static const unsigned char file_es_AR_second_factor_recovery_mustache[] = {
#embed "es-AR/second_factor_recovery.mustache"
};

static const unsigned char file_es_AR_second_factor_undone_mustache[] = {
#embed "es-AR/second_factor_undone.mustache"
};

static const unsigned char file_es_AR_second_factor_undone_notice_mustache[] = {
#embed "es-AR/second_factor_undone_notice.mustache"
};

static const unsigned char file_es_AR_sign_up_mustache[] = {
#embed "es-AR/sign_up.mustache"
};

static const unsigned char file_es_AR_sign_up_known_mustache[] = {
#embed "es-AR/sign_up_known.mustache"
};

static const unsigned char file_es_AR_webhook_disabled_mustache[] = {
#embed "es-AR/webhook_disabled.mustache"
};

static const unsigned char file_es_account_deleted_mustache[] = {
#embed "es/account_deleted.mustache"
};

static const unsigned char file_es_change_email_mustache[] = {
#embed "es/change_email.mustache"
};

static const unsigned char file_es_change_email_known_mustache[] = {
#embed "es/change_email_known.mustache"
};

static const unsigned char file_es_company_deleted_mustache[] = {
#embed "es/company_deleted.mustache"
};

static const unsigned char file_es_confirm_unlink_google_mustache[] = {
#embed "es/confirm_unlink_google.mustache"
};

static const unsigned char file_es_email_changed_mustache[] = {
#embed "es/email_changed.mustache"
};

static const unsigned char file_es_email_changed_undo_mustache[] = {
#embed "es/email_changed_undo.mustache"
};

static const unsigned char file_es_email_undone_mustache[] = {
#embed "es/email_undone.mustache"
};

static const unsigned char file_es_email_undone_notice_mustache[] = {
#embed "es/email_undone_notice.mustache"
};

static const unsigned char file_es_frame_mustache[] = {
#embed "es/frame.mustache"
};

static const unsigned char file_es_google_linked_mustache[] = {
#embed "es/google_linked.mustache"
};

static const unsigned char file_es_google_unlinked_mustache[] = {
#embed "es/google_unlinked.mustache"
};

static const unsigned char file_es_invitation_mustache[] = {
#embed "es/invitation.mustache"
};

static const unsigned char file_es_new_device_mustache[] = {
#embed "es/new_device.mustache"
};

static const unsigned char file_es_password_changed_mustache[] = {
#embed "es/password_changed.mustache"
};

static const unsigned char file_es_reset_password_mustache[] = {
#embed "es/reset_password.mustache"
};

static const unsigned char file_es_second_factor_disabled_mustache[] = {
#embed "es/second_factor_disabled.mustache"
};

static const unsigned char file_es_second_factor_enabled_mustache[] = {
#embed "es/second_factor_enabled.mustache"
};

static const unsigned char file_es_second_factor_recovery_mustache[] = {
#embed "es/second_factor_recovery.mustache"
};

static const unsigned char file_es_second_factor_undone_mustache[] = {
#embed "es/second_factor_undone.mustache"
};

static const unsigned char file_es_second_factor_undone_notice_mustache[] = {
#embed "es/second_factor_undone_notice.mustache"
};

static const unsigned char file_es_sign_up_mustache[] = {
#embed "es/sign_up.mustache"
};

static const unsigned char file_es_sign_up_known_mustache[] = {
#embed "es/sign_up_known.mustache"
};

static const unsigned char file_es_webhook_disabled_mustache[] = {
#embed "es/webhook_disabled.mustache"
};

static const unsigned char file_layout_mustache[] = {
#embed "layout.mustache"
};

static const unsigned char file_pt_account_deleted_mustache[] = {
#embed "pt/account_deleted.mustache"
};

static const unsigned char file_pt_change_email_mustache[] = {
#embed "pt/change_email.mustache"
};

static const unsigned char file_pt_change_email_known_mustache[] = {
#embed "pt/change_email_known.mustache"
};

static const unsigned char file_pt_company_deleted_mustache[] = {
#embed "pt/company_deleted.mustache"
};

static const unsigned char file_pt_confirm_unlink_google_mustache[] = {
#embed "pt/confirm_unlink_google.mustache"
};

static const unsigned char file_pt_email_changed_mustache[] = {
#embed "pt/email_changed.mustache"
};

static const unsigned char file_pt_email_changed_undo_mustache[] = {
#embed "pt/email_changed_undo.mustache"
};

static const unsigned char file_pt_email_undone_mustache[] = {
#embed "pt/email_undone.mustache"
};

static const unsigned char file_pt_email_undone_notice_mustache[] = {
#embed "pt/email_undone_notice.mustache"
};

static const unsigned char file_pt_frame_mustache[] = {
#embed "pt/frame.mustache"
};

static const unsigned char file_pt_google_linked_mustache[] = {
#embed "pt/google_linked.mustache"
};

static const unsigned char file_pt_google_unlinked_mustache[] = {
#embed "pt/google_unlinked.mustache"
};

static const unsigned char file_pt_invitation_mustache[] = {
#embed "pt/invitation.mustache"
};

static const unsigned char file_pt_new_device_mustache[] = {
#embed "pt/new_device.mustache"
};

static const unsigned char file_pt_password_changed_mustache[] = {
#embed "pt/password_changed.mustache"
};

static const unsigned char file_pt_reset_password_mustache[] = {
#embed "pt/reset_password.mustache"
};

static const unsigned char file_pt_second_factor_disabled_mustache[] = {
#embed "pt/second_factor_disabled.mustache"
};

static const unsigned char file_pt_second_factor_enabled_mustache[] = {
#embed "pt/second_factor_enabled.mustache"
};

static const unsigned char file_pt_second_factor_recovery_mustache[] = {
#embed "pt/second_factor_recovery.mustache"
};

static const unsigned char file_pt_second_factor_undone_mustache[] = {
#embed "pt/second_factor_undone.mustache"
};

static const unsigned char file_pt_second_factor_undone_notice_mustache[] = {
#embed "pt/second_factor_undone_notice.mustache"
};

static const unsigned char file_pt_sign_up_mustache[] = {
#embed "pt/sign_up.mustache"
};

static const unsigned char file_pt_sign_up_known_mustache[] = {
#embed "pt/sign_up_known.mustache"
};

static const unsigned char file_pt_webhook_disabled_mustache[] = {
#embed "pt/webhook_disabled.mustache"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedMailFile files[] = {
  EMBEDDED("en/account_deleted.mustache",
           file_en_account_deleted_mustache),
  EMBEDDED("en/change_email.mustache",
           file_en_change_email_mustache),
  EMBEDDED("en/change_email_known.mustache",
           file_en_change_email_known_mustache),
  EMBEDDED("en/company_deleted.mustache",
           file_en_company_deleted_mustache),
  EMBEDDED("en/confirm_unlink_google.mustache",
           file_en_confirm_unlink_google_mustache),
  EMBEDDED("en/email_changed.mustache",
           file_en_email_changed_mustache),
  EMBEDDED("en/email_changed_undo.mustache",
           file_en_email_changed_undo_mustache),
  EMBEDDED("en/email_undone.mustache",
           file_en_email_undone_mustache),
  EMBEDDED("en/email_undone_notice.mustache",
           file_en_email_undone_notice_mustache),
  EMBEDDED("en/frame.mustache",
           file_en_frame_mustache),
  EMBEDDED("en/google_linked.mustache",
           file_en_google_linked_mustache),
  EMBEDDED("en/google_unlinked.mustache",
           file_en_google_unlinked_mustache),
  EMBEDDED("en/invitation.mustache",
           file_en_invitation_mustache),
  EMBEDDED("en/new_device.mustache",
           file_en_new_device_mustache),
  EMBEDDED("en/password_changed.mustache",
           file_en_password_changed_mustache),
  EMBEDDED("en/reset_password.mustache",
           file_en_reset_password_mustache),
  EMBEDDED("en/second_factor_disabled.mustache",
           file_en_second_factor_disabled_mustache),
  EMBEDDED("en/second_factor_enabled.mustache",
           file_en_second_factor_enabled_mustache),
  EMBEDDED("en/second_factor_recovery.mustache",
           file_en_second_factor_recovery_mustache),
  EMBEDDED("en/second_factor_undone.mustache",
           file_en_second_factor_undone_mustache),
  EMBEDDED("en/second_factor_undone_notice.mustache",
           file_en_second_factor_undone_notice_mustache),
  EMBEDDED("en/sign_up.mustache",
           file_en_sign_up_mustache),
  EMBEDDED("en/sign_up_known.mustache",
           file_en_sign_up_known_mustache),
  EMBEDDED("en/webhook_disabled.mustache",
           file_en_webhook_disabled_mustache),
  EMBEDDED("es-AR/account_deleted.mustache",
           file_es_AR_account_deleted_mustache),
  EMBEDDED("es-AR/change_email.mustache",
           file_es_AR_change_email_mustache),
  EMBEDDED("es-AR/change_email_known.mustache",
           file_es_AR_change_email_known_mustache),
  EMBEDDED("es-AR/company_deleted.mustache",
           file_es_AR_company_deleted_mustache),
  EMBEDDED("es-AR/confirm_unlink_google.mustache",
           file_es_AR_confirm_unlink_google_mustache),
  EMBEDDED("es-AR/email_changed.mustache",
           file_es_AR_email_changed_mustache),
  EMBEDDED("es-AR/email_changed_undo.mustache",
           file_es_AR_email_changed_undo_mustache),
  EMBEDDED("es-AR/email_undone.mustache",
           file_es_AR_email_undone_mustache),
  EMBEDDED("es-AR/google_linked.mustache",
           file_es_AR_google_linked_mustache),
  EMBEDDED("es-AR/google_unlinked.mustache",
           file_es_AR_google_unlinked_mustache),
  EMBEDDED("es-AR/invitation.mustache",
           file_es_AR_invitation_mustache),
  EMBEDDED("es-AR/new_device.mustache",
           file_es_AR_new_device_mustache),
  EMBEDDED("es-AR/password_changed.mustache",
           file_es_AR_password_changed_mustache),
  EMBEDDED("es-AR/reset_password.mustache",
           file_es_AR_reset_password_mustache),
  EMBEDDED("es-AR/second_factor_disabled.mustache",
           file_es_AR_second_factor_disabled_mustache),
  EMBEDDED("es-AR/second_factor_enabled.mustache",
           file_es_AR_second_factor_enabled_mustache),
  EMBEDDED("es-AR/second_factor_recovery.mustache",
           file_es_AR_second_factor_recovery_mustache),
  EMBEDDED("es-AR/second_factor_undone.mustache",
           file_es_AR_second_factor_undone_mustache),
  EMBEDDED("es-AR/second_factor_undone_notice.mustache",
           file_es_AR_second_factor_undone_notice_mustache),
  EMBEDDED("es-AR/sign_up.mustache",
           file_es_AR_sign_up_mustache),
  EMBEDDED("es-AR/sign_up_known.mustache",
           file_es_AR_sign_up_known_mustache),
  EMBEDDED("es-AR/webhook_disabled.mustache",
           file_es_AR_webhook_disabled_mustache),
  EMBEDDED("es/account_deleted.mustache",
           file_es_account_deleted_mustache),
  EMBEDDED("es/change_email.mustache",
           file_es_change_email_mustache),
  EMBEDDED("es/change_email_known.mustache",
           file_es_change_email_known_mustache),
  EMBEDDED("es/company_deleted.mustache",
           file_es_company_deleted_mustache),
  EMBEDDED("es/confirm_unlink_google.mustache",
           file_es_confirm_unlink_google_mustache),
  EMBEDDED("es/email_changed.mustache",
           file_es_email_changed_mustache),
  EMBEDDED("es/email_changed_undo.mustache",
           file_es_email_changed_undo_mustache),
  EMBEDDED("es/email_undone.mustache",
           file_es_email_undone_mustache),
  EMBEDDED("es/email_undone_notice.mustache",
           file_es_email_undone_notice_mustache),
  EMBEDDED("es/frame.mustache",
           file_es_frame_mustache),
  EMBEDDED("es/google_linked.mustache",
           file_es_google_linked_mustache),
  EMBEDDED("es/google_unlinked.mustache",
           file_es_google_unlinked_mustache),
  EMBEDDED("es/invitation.mustache",
           file_es_invitation_mustache),
  EMBEDDED("es/new_device.mustache",
           file_es_new_device_mustache),
  EMBEDDED("es/password_changed.mustache",
           file_es_password_changed_mustache),
  EMBEDDED("es/reset_password.mustache",
           file_es_reset_password_mustache),
  EMBEDDED("es/second_factor_disabled.mustache",
           file_es_second_factor_disabled_mustache),
  EMBEDDED("es/second_factor_enabled.mustache",
           file_es_second_factor_enabled_mustache),
  EMBEDDED("es/second_factor_recovery.mustache",
           file_es_second_factor_recovery_mustache),
  EMBEDDED("es/second_factor_undone.mustache",
           file_es_second_factor_undone_mustache),
  EMBEDDED("es/second_factor_undone_notice.mustache",
           file_es_second_factor_undone_notice_mustache),
  EMBEDDED("es/sign_up.mustache",
           file_es_sign_up_mustache),
  EMBEDDED("es/sign_up_known.mustache",
           file_es_sign_up_known_mustache),
  EMBEDDED("es/webhook_disabled.mustache",
           file_es_webhook_disabled_mustache),
  EMBEDDED("layout.mustache",
           file_layout_mustache),
  EMBEDDED("pt/account_deleted.mustache",
           file_pt_account_deleted_mustache),
  EMBEDDED("pt/change_email.mustache",
           file_pt_change_email_mustache),
  EMBEDDED("pt/change_email_known.mustache",
           file_pt_change_email_known_mustache),
  EMBEDDED("pt/company_deleted.mustache",
           file_pt_company_deleted_mustache),
  EMBEDDED("pt/confirm_unlink_google.mustache",
           file_pt_confirm_unlink_google_mustache),
  EMBEDDED("pt/email_changed.mustache",
           file_pt_email_changed_mustache),
  EMBEDDED("pt/email_changed_undo.mustache",
           file_pt_email_changed_undo_mustache),
  EMBEDDED("pt/email_undone.mustache",
           file_pt_email_undone_mustache),
  EMBEDDED("pt/email_undone_notice.mustache",
           file_pt_email_undone_notice_mustache),
  EMBEDDED("pt/frame.mustache",
           file_pt_frame_mustache),
  EMBEDDED("pt/google_linked.mustache",
           file_pt_google_linked_mustache),
  EMBEDDED("pt/google_unlinked.mustache",
           file_pt_google_unlinked_mustache),
  EMBEDDED("pt/invitation.mustache",
           file_pt_invitation_mustache),
  EMBEDDED("pt/new_device.mustache",
           file_pt_new_device_mustache),
  EMBEDDED("pt/password_changed.mustache",
           file_pt_password_changed_mustache),
  EMBEDDED("pt/reset_password.mustache",
           file_pt_reset_password_mustache),
  EMBEDDED("pt/second_factor_disabled.mustache",
           file_pt_second_factor_disabled_mustache),
  EMBEDDED("pt/second_factor_enabled.mustache",
           file_pt_second_factor_enabled_mustache),
  EMBEDDED("pt/second_factor_recovery.mustache",
           file_pt_second_factor_recovery_mustache),
  EMBEDDED("pt/second_factor_undone.mustache",
           file_pt_second_factor_undone_mustache),
  EMBEDDED("pt/second_factor_undone_notice.mustache",
           file_pt_second_factor_undone_notice_mustache),
  EMBEDDED("pt/sign_up.mustache",
           file_pt_sign_up_mustache),
  EMBEDDED("pt/sign_up_known.mustache",
           file_pt_sign_up_known_mustache),
  EMBEDDED("pt/webhook_disabled.mustache",
           file_pt_webhook_disabled_mustache),
};

size_t mail_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedMailFile mail_file(size_t index) { return files[index]; }
