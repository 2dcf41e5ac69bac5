// Written by tools/embed: run it after adding a file to this folder.

#pragma clang diagnostic ignored "-Wc23-extensions"

#include "Schema.h"

static const unsigned char file_Account_graphql[] = {
#embed "Account.graphql"
};

static const unsigned char file_ApiTokens_graphql[] = {
#embed "ApiTokens.graphql"
};

static const unsigned char file_Authentication_graphql[] = {
#embed "Authentication.graphql"
};

static const unsigned char file_Base_graphql[] = {
#embed "Base.graphql"
};

static const unsigned char file_Claims_graphql[] = {
#embed "Claims.graphql"
};

static const unsigned char file_Company_graphql[] = {
#embed "Company.graphql"
};

static const unsigned char file_Events_graphql[] = {
#embed "Events.graphql"
};

static const unsigned char file_Google_graphql[] = {
#embed "Google.graphql"
};

static const unsigned char file_Integrations_graphql[] = {
#embed "Integrations.graphql"
};

static const unsigned char file_Invitations_graphql[] = {
#embed "Invitations.graphql"
};

static const unsigned char file_Launcher_graphql[] = {
#embed "Launcher.graphql"
};

static const unsigned char file_People_graphql[] = {
#embed "People.graphql"
};

static const unsigned char file_Profile_graphql[] = {
#embed "Profile.graphql"
};

static const unsigned char file_Security_graphql[] = {
#embed "Security.graphql"
};

static const unsigned char file_Services_graphql[] = {
#embed "Services.graphql"
};

static const unsigned char file_Solutions_graphql[] = {
#embed "Solutions.graphql"
};

static const unsigned char file_Webhooks_graphql[] = {
#embed "Webhooks.graphql"
};

#define EMBEDDED(name, bytes) {name, bytes, sizeof bytes}

static const EmbeddedSchemaFile files[] = {
  EMBEDDED("Account.graphql",
           file_Account_graphql),
  EMBEDDED("ApiTokens.graphql",
           file_ApiTokens_graphql),
  EMBEDDED("Authentication.graphql",
           file_Authentication_graphql),
  EMBEDDED("Base.graphql",
           file_Base_graphql),
  EMBEDDED("Claims.graphql",
           file_Claims_graphql),
  EMBEDDED("Company.graphql",
           file_Company_graphql),
  EMBEDDED("Events.graphql",
           file_Events_graphql),
  EMBEDDED("Google.graphql",
           file_Google_graphql),
  EMBEDDED("Integrations.graphql",
           file_Integrations_graphql),
  EMBEDDED("Invitations.graphql",
           file_Invitations_graphql),
  EMBEDDED("Launcher.graphql",
           file_Launcher_graphql),
  EMBEDDED("People.graphql",
           file_People_graphql),
  EMBEDDED("Profile.graphql",
           file_Profile_graphql),
  EMBEDDED("Security.graphql",
           file_Security_graphql),
  EMBEDDED("Services.graphql",
           file_Services_graphql),
  EMBEDDED("Solutions.graphql",
           file_Solutions_graphql),
  EMBEDDED("Webhooks.graphql",
           file_Webhooks_graphql),
};

size_t schema_file_count(void) { return sizeof files / sizeof files[0]; }

EmbeddedSchemaFile schema_file(size_t index) { return files[index]; }
