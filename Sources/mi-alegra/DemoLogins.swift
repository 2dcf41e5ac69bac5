// Who can sign in to the demo companies: what `dev` prints and its explorer offers.

import Composition

let demoPassword = "demo-ejemplar"

/// The people of Migrations/demo/demo.sql.
let demoLogins = [
  ("ana@ejemplar.example", "administrator of Ejemplar (Colombia)"),
  ("caro@ejemplar.example", "seller in Ejemplar, accountant in Modelo"),
  ("luis@modelo.example", "administrator of Modelo (México)"),
  ("sofia@pampa.example", "administrator of Pampa (Argentina)"),
].map { DemoLogin(email: $0.0, password: demoPassword, person: $0.1) }
