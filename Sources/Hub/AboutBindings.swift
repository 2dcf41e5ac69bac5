// What belongs to no area: this server, told to anybody, and the refusals that every payload has.

import Execution
import JSON

/// The version, as in CHANGELOG.md.
package let hubVersion = "0.1.0"

func aboutBindings() -> AreaBindings {
  AreaBindings(
    query: permitted([
      "about": .constant(
        .object([
          JSONMember(name: "name", value: .string("Mi Alegra")),
          JSONMember(name: "version", value: .string(hubVersion)),
        ]))
    ]),
    objects: [
      "About": ["name": .member, "version": .member],
      "UserError": [
        "code": .member, "message": .member, "field": .member, "obstacles": .member,
        "currentValue": .member,
      ],
      "Obstacle": ["kind": .member, "id": .member, "name": .member, "role": .member],
      "Consequence": [
        "kind": .member, "subject": .member, "solution": .member, "text": .member,
      ],
    ])
}
