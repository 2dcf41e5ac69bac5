// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "MigrationFiles.h"

static const unsigned char file_0001_roles_sql[] = {
#embed "0001_roles.sql"
};

static const unsigned char file_0002_ground_sql[] = {
#embed "0002_ground.sql"
};

static const unsigned char file_0003_catalogues_sql[] = {
#embed "0003_catalogues.sql"
};

static const unsigned char file_0004_solutions_and_integrations_sql[] = {
#embed "0004_solutions_and_integrations.sql"
};

static const unsigned char file_0005_country_colombia_sql[] = {
#embed "0005_country_colombia.sql"
};

static const unsigned char file_0006_country_mexico_sql[] = {
#embed "0006_country_mexico.sql"
};

static const unsigned char file_0007_country_costa_rica_sql[] = {
#embed "0007_country_costa_rica.sql"
};

static const unsigned char file_0008_country_republica_dominicana_sql[] = {
#embed "0008_country_republica_dominicana.sql"
};

static const unsigned char file_0009_country_peru_sql[] = {
#embed "0009_country_peru.sql"
};

static const unsigned char file_0010_country_panama_sql[] = {
#embed "0010_country_panama.sql"
};

static const unsigned char file_0011_country_argentina_sql[] = {
#embed "0011_country_argentina.sql"
};

static const unsigned char file_0012_country_chile_sql[] = {
#embed "0012_country_chile.sql"
};

static const unsigned char file_0013_country_espana_sql[] = {
#embed "0013_country_espana.sql"
};

static const unsigned char file_0014_country_estados_unidos_sql[] = {
#embed "0014_country_estados_unidos.sql"
};

static const unsigned char file_0015_country_internacional_sql[] = {
#embed "0015_country_internacional.sql"
};

static const unsigned char file_0016_account_sql[] = {
#embed "0016_account.sql"
};

static const unsigned char file_0017_company_sql[] = {
#embed "0017_company.sql"
};

static const unsigned char file_0018_membership_sql[] = {
#embed "0018_membership.sql"
};

static const unsigned char file_0019_company_solutions_and_integrations_sql[] = {
#embed "0019_company_solutions_and_integrations.sql"
};

static const unsigned char file_0020_session_sql[] = {
#embed "0020_session.sql"
};

static const unsigned char file_0021_guard_sql[] = {
#embed "0021_guard.sql"
};

static const unsigned char file_0022_sign_in_sql[] = {
#embed "0022_sign_in.sql"
};

static const unsigned char file_0023_password_and_sessions_sql[] = {
#embed "0023_password_and_sessions.sql"
};

static const unsigned char file_0024_mail_sql[] = {
#embed "0024_mail.sql"
};

static const unsigned char file_0025_enter_sql[] = {
#embed "0025_enter.sql"
};

static const unsigned char file_0026_mail_delivery_sql[] = {
#embed "0026_mail_delivery.sql"
};

static const unsigned char file_0027_proof_and_reset_sql[] = {
#embed "0027_proof_and_reset.sql"
};

static const unsigned char file_0028_change_email_sql[] = {
#embed "0028_change_email.sql"
};

static const unsigned char file_0029_sign_up_sql[] = {
#embed "0029_sign_up.sql"
};

static const unsigned char file_0030_google_sql[] = {
#embed "0030_google.sql"
};

static const unsigned char file_0032_guesses_sql[] = {
#embed "0032_guesses.sql"
};

static const unsigned char file_0033_devices_sql[] = {
#embed "0033_devices.sql"
};

static const unsigned char file_0034_second_factor_sql[] = {
#embed "0034_second_factor.sql"
};

static const unsigned char file_0036_roles_sql[] = {
#embed "0036_roles.sql"
};

static const unsigned char file_0037_invitation_sql[] = {
#embed "0037_invitation.sql"
};

static const unsigned char file_0038_delete_account_sql[] = {
#embed "0038_delete_account.sql"
};

static const unsigned char file_0039_export_account_sql[] = {
#embed "0039_export_account.sql"
};

static const unsigned char file_0040_photo_sql[] = {
#embed "0040_photo.sql"
};

static const unsigned char file_0041_prove_again_sql[] = {
#embed "0041_prove_again.sql"
};

static const unsigned char file_0042_strangers_sql[] = {
#embed "0042_strangers.sql"
};

static const unsigned char file_0043_housekeeping_sql[] = {
#embed "0043_housekeeping.sql"
};

static const unsigned char file_0044_sealed_secrets_sql[] = {
#embed "0044_sealed_secrets.sql"
};

static const unsigned char file_0045_outlived_sql[] = {
#embed "0045_outlived.sql"
};

static const unsigned char file_0046_solutions_sql[] = {
#embed "0046_solutions.sql"
};

static const unsigned char file_0047_company_rules_sql[] = {
#embed "0047_company_rules.sql"
};

static const unsigned char file_0048_claims_sql[] = {
#embed "0048_claims.sql"
};

static const unsigned char file_0049_logo_sql[] = {
#embed "0049_logo.sql"
};

static const unsigned char file_0050_service_token_sql[] = {
#embed "0050_service_token.sql"
};

static const unsigned char file_0051_event_log_sql[] = {
#embed "0051_event_log.sql"
};

static const unsigned char file_0052_recorded_tables_sql[] = {
#embed "0052_recorded_tables.sql"
};

static const unsigned char file_0053_audit_sql[] = {
#embed "0053_audit.sql"
};

static const unsigned char file_0054_readiness_sql[] = {
#embed "0054_readiness.sql"
};

static const unsigned char file_0055_reports_sql[] = {
#embed "0055_reports.sql"
};

static const unsigned char file_0056_launcher_sql[] = {
#embed "0056_launcher.sql"
};

static const unsigned char file_0057_whole_company_sql[] = {
#embed "0057_whole_company.sql"
};

static const unsigned char file_0058_import_and_change_country_sql[] = {
#embed "0058_import_and_change_country.sql"
};

static const unsigned char file_0059_rules_beside_claims_sql[] = {
#embed "0059_rules_beside_claims.sql"
};

static const unsigned char file_0060_without_a_company_sql[] = {
#embed "0060_without_a_company.sql"
};

static const unsigned char file_0064_reader_sql[] = {
#embed "0064_reader.sql"
};

static const unsigned char file_0065_integration_catalogue_sql[] = {
#embed "0065_integration_catalogue.sql"
};

static const unsigned char file_0066_connect_integrations_sql[] = {
#embed "0066_connect_integrations.sql"
};

static const unsigned char file_0070_api_token_sql[] = {
#embed "0070_api_token.sql"
};

static const unsigned char file_0075_webhook_sql[] = {
#embed "0075_webhook.sql"
};

static const unsigned char file_0078_zapier_sql[] = {
#embed "0078_zapier.sql"
};

static const unsigned char file_0080_kept_answer_sql[] = {
#embed "0080_kept_answer.sql"
};

static const unsigned char file_0082_two_factors_sql[] = {
#embed "0082_two_factors.sql"
};

static const unsigned char file_0083_check_digits_as_data_sql[] = {
#embed "0083_check_digits_as_data.sql"
};

static const unsigned char file_0084_claims_that_fit_sql[] = {
#embed "0084_claims_that_fit.sql"
};

static const unsigned char file_0085_told_beforehand_sql[] = {
#embed "0085_told_beforehand.sql"
};

static const unsigned char file_0090_operators_sql[] = {
#embed "0090_operators.sql"
};

static const unsigned char file_0091_ops_views_sql[] = {
#embed "0091_ops_views.sql"
};

static const unsigned char file_0092_ops_health_sql[] = {
#embed "0092_ops_health.sql"
};

static const unsigned char file_0093_ops_acts_sql[] = {
#embed "0093_ops_acts.sql"
};

static const unsigned char file_0094_ops_whole_company_sql[] = {
#embed "0094_ops_whole_company.sql"
};

static const unsigned char file_0095_ops_help_sql[] = {
#embed "0095_ops_help.sql"
};

static const unsigned char file_0097_schema_history_sql[] = {
#embed "0097_schema_history.sql"
};

static const unsigned char file_demo_demo_sql[] = {
#embed "demo/demo.sql"
};

static const unsigned char file_demo_generate_sql[] = {
#embed "demo/generate.sql"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedMigrationFile files[] = {
  EMBEDDED("0001_roles.sql",
           file_0001_roles_sql),
  EMBEDDED("0002_ground.sql",
           file_0002_ground_sql),
  EMBEDDED("0003_catalogues.sql",
           file_0003_catalogues_sql),
  EMBEDDED("0004_solutions_and_integrations.sql",
           file_0004_solutions_and_integrations_sql),
  EMBEDDED("0005_country_colombia.sql",
           file_0005_country_colombia_sql),
  EMBEDDED("0006_country_mexico.sql",
           file_0006_country_mexico_sql),
  EMBEDDED("0007_country_costa_rica.sql",
           file_0007_country_costa_rica_sql),
  EMBEDDED("0008_country_republica_dominicana.sql",
           file_0008_country_republica_dominicana_sql),
  EMBEDDED("0009_country_peru.sql",
           file_0009_country_peru_sql),
  EMBEDDED("0010_country_panama.sql",
           file_0010_country_panama_sql),
  EMBEDDED("0011_country_argentina.sql",
           file_0011_country_argentina_sql),
  EMBEDDED("0012_country_chile.sql",
           file_0012_country_chile_sql),
  EMBEDDED("0013_country_espana.sql",
           file_0013_country_espana_sql),
  EMBEDDED("0014_country_estados_unidos.sql",
           file_0014_country_estados_unidos_sql),
  EMBEDDED("0015_country_internacional.sql",
           file_0015_country_internacional_sql),
  EMBEDDED("0016_account.sql",
           file_0016_account_sql),
  EMBEDDED("0017_company.sql",
           file_0017_company_sql),
  EMBEDDED("0018_membership.sql",
           file_0018_membership_sql),
  EMBEDDED("0019_company_solutions_and_integrations.sql",
           file_0019_company_solutions_and_integrations_sql),
  EMBEDDED("0020_session.sql",
           file_0020_session_sql),
  EMBEDDED("0021_guard.sql",
           file_0021_guard_sql),
  EMBEDDED("0022_sign_in.sql",
           file_0022_sign_in_sql),
  EMBEDDED("0023_password_and_sessions.sql",
           file_0023_password_and_sessions_sql),
  EMBEDDED("0024_mail.sql",
           file_0024_mail_sql),
  EMBEDDED("0025_enter.sql",
           file_0025_enter_sql),
  EMBEDDED("0026_mail_delivery.sql",
           file_0026_mail_delivery_sql),
  EMBEDDED("0027_proof_and_reset.sql",
           file_0027_proof_and_reset_sql),
  EMBEDDED("0028_change_email.sql",
           file_0028_change_email_sql),
  EMBEDDED("0029_sign_up.sql",
           file_0029_sign_up_sql),
  EMBEDDED("0030_google.sql",
           file_0030_google_sql),
  EMBEDDED("0032_guesses.sql",
           file_0032_guesses_sql),
  EMBEDDED("0033_devices.sql",
           file_0033_devices_sql),
  EMBEDDED("0034_second_factor.sql",
           file_0034_second_factor_sql),
  EMBEDDED("0036_roles.sql",
           file_0036_roles_sql),
  EMBEDDED("0037_invitation.sql",
           file_0037_invitation_sql),
  EMBEDDED("0038_delete_account.sql",
           file_0038_delete_account_sql),
  EMBEDDED("0039_export_account.sql",
           file_0039_export_account_sql),
  EMBEDDED("0040_photo.sql",
           file_0040_photo_sql),
  EMBEDDED("0041_prove_again.sql",
           file_0041_prove_again_sql),
  EMBEDDED("0042_strangers.sql",
           file_0042_strangers_sql),
  EMBEDDED("0043_housekeeping.sql",
           file_0043_housekeeping_sql),
  EMBEDDED("0044_sealed_secrets.sql",
           file_0044_sealed_secrets_sql),
  EMBEDDED("0045_outlived.sql",
           file_0045_outlived_sql),
  EMBEDDED("0046_solutions.sql",
           file_0046_solutions_sql),
  EMBEDDED("0047_company_rules.sql",
           file_0047_company_rules_sql),
  EMBEDDED("0048_claims.sql",
           file_0048_claims_sql),
  EMBEDDED("0049_logo.sql",
           file_0049_logo_sql),
  EMBEDDED("0050_service_token.sql",
           file_0050_service_token_sql),
  EMBEDDED("0051_event_log.sql",
           file_0051_event_log_sql),
  EMBEDDED("0052_recorded_tables.sql",
           file_0052_recorded_tables_sql),
  EMBEDDED("0053_audit.sql",
           file_0053_audit_sql),
  EMBEDDED("0054_readiness.sql",
           file_0054_readiness_sql),
  EMBEDDED("0055_reports.sql",
           file_0055_reports_sql),
  EMBEDDED("0056_launcher.sql",
           file_0056_launcher_sql),
  EMBEDDED("0057_whole_company.sql",
           file_0057_whole_company_sql),
  EMBEDDED("0058_import_and_change_country.sql",
           file_0058_import_and_change_country_sql),
  EMBEDDED("0059_rules_beside_claims.sql",
           file_0059_rules_beside_claims_sql),
  EMBEDDED("0060_without_a_company.sql",
           file_0060_without_a_company_sql),
  EMBEDDED("0064_reader.sql",
           file_0064_reader_sql),
  EMBEDDED("0065_integration_catalogue.sql",
           file_0065_integration_catalogue_sql),
  EMBEDDED("0066_connect_integrations.sql",
           file_0066_connect_integrations_sql),
  EMBEDDED("0070_api_token.sql",
           file_0070_api_token_sql),
  EMBEDDED("0075_webhook.sql",
           file_0075_webhook_sql),
  EMBEDDED("0078_zapier.sql",
           file_0078_zapier_sql),
  EMBEDDED("0080_kept_answer.sql",
           file_0080_kept_answer_sql),
  EMBEDDED("0082_two_factors.sql",
           file_0082_two_factors_sql),
  EMBEDDED("0083_check_digits_as_data.sql",
           file_0083_check_digits_as_data_sql),
  EMBEDDED("0084_claims_that_fit.sql",
           file_0084_claims_that_fit_sql),
  EMBEDDED("0085_told_beforehand.sql",
           file_0085_told_beforehand_sql),
  EMBEDDED("0090_operators.sql",
           file_0090_operators_sql),
  EMBEDDED("0091_ops_views.sql",
           file_0091_ops_views_sql),
  EMBEDDED("0092_ops_health.sql",
           file_0092_ops_health_sql),
  EMBEDDED("0093_ops_acts.sql",
           file_0093_ops_acts_sql),
  EMBEDDED("0094_ops_whole_company.sql",
           file_0094_ops_whole_company_sql),
  EMBEDDED("0095_ops_help.sql",
           file_0095_ops_help_sql),
  EMBEDDED("0097_schema_history.sql",
           file_0097_schema_history_sql),
  EMBEDDED("demo/demo.sql",
           file_demo_demo_sql),
  EMBEDDED("demo/generate.sql",
           file_demo_generate_sql),
};

size_t migration_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedMigrationFile migration_file(size_t index) { return files[index]; }
