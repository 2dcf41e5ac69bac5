// The section Perfil: the person, out of the context row.

import Execution

func profileBindings(_ hub: HubServices) -> AreaBindings {
  AreaBindings(
    query: permitted(["profile": .context]),
    mutations: [updateProfile(hub)],
    objects: [
      "Profile": [
        "id": .column("account_id"),
        "firstName": .column("first_name"),
        "lastName": .column("last_name"),
        "displayName": .column("display_name"),
        "phone": .column("phone"),
        "country": .column("country"),
        "language": .column("language"),
        "photoUrl": .address(column: "photo_url", of: hub.publicURL),
        "revision": .column("revision"),
        "updatedAt": .column("updated_at"),
      ],
      "UpdateProfilePayload": [
        "profile": .root(.context),
        "userErrors": .member,
      ],
    ])
}
