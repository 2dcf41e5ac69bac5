// A seed comes in, a document that the grammar allows leaves: every production of executable
// documents and of the type system, deep and odd, whatever it means.

/// Longer than a printed line.
private let longName = String(repeating: "long", count: 25)

/// Writes productions at random; deeper ones get rarer, so that every document ends.
package struct DocumentWriter {
  package var generator: SeededGenerator
  private var text = ""
  private var depth = 0

  package init(_ generator: SeededGenerator) {
    self.generator = generator
  }

  /// A document of a few definitions of all kinds.
  package mutating func document() -> String {
    text = ""
    for _ in 0...generator.below(4) { definition() }
    return text
  }

  // MARK: Words

  private mutating func put(_ token: String) {
    let separators = [" ", " ", " ", "\n", ", ", "\t", "\r\n", " # c\n", "\u{FEFF} "]
    text += generator.once(in: 6) ? generator.pick(separators) : " "
    text += token
  }

  private mutating func name() {
    put(
      generator.pick([
        "a", "b", "Query", "T", "on", "type", "query", "input", "__a", "_", "A1", "fragment",
        "true",
        "null", "repeatable", "implements", "E", "F", longName,
      ]))
  }

  /// A name where `true`, `false`, `null` and `on` may not stand.
  private mutating func safeName() {
    put(generator.pick(["a", "b", "c", "Query", "T", "type", "query", "I", "E", "F", "U", "S"]))
  }

  private mutating func maybe(_ rarity: Int, _ write: (inout DocumentWriter) -> Void) {
    if generator.once(in: rarity) { write(&self) }
  }

  private mutating func several(_ most: Int, _ write: (inout DocumentWriter) -> Void) {
    for _ in 0...generator.below(most) { write(&self) }
  }

  /// Writes an inner production, or its leaf where it stands deep already.
  private mutating func nested(
    _ write: (inout DocumentWriter) -> Void, or leaf: (inout DocumentWriter) -> Void
  ) {
    if depth > 4 { return leaf(&self) }
    depth += 1
    write(&self)
    depth -= 1
  }

  // MARK: Definitions

  private mutating func definition() {
    switch generator.below(13) {
    case 0...3: operation()
    case 4, 5: fragment()
    case 6: schema()
    case 7: directiveDefinition()
    default: typeDefinition()
    }
  }

  private mutating func description() {
    put(
      generator.pick([
        "\"d\"", "\"\"", "\"\\u{1F600}\\uD83D\\uDE00\\n\\\"\"", "\"\"\"\"\"\"",
        "\"\"\"x\n  y\n\"\"\"",
        "\"\"\"  a\r\n    b\r  c \\\"\"\" \"\"\"", "\"\"\"\n\n  \"q\" \\ \n\n\"\"\"", "\"é\u{7F}\"",
        "\"\"\"a\\\"\"\"\"\"\"", "\"\"\" lead\"\"\"",
      ]))
  }

  private mutating func operation() {
    if generator.once(in: 3) { return selectionSet() }
    maybe(4) { $0.description() }
    put(generator.pick(["query", "mutation", "subscription"]))
    maybe(2) { $0.name() }
    maybe(2) { writer in
      writer.put("(")
      writer.several(3) { writer in
        writer.maybe(5) { $0.description() }
        writer.put("$")
        writer.name()
        writer.put(":")
        writer.type()
        writer.maybe(2) { $0.defaultValue() }
        writer.directives(isConst: true)
      }
      writer.put(")")
    }
    directives(isConst: false)
    selectionSet()
  }

  private mutating func fragment() {
    maybe(4) { $0.description() }
    put("fragment")
    safeName()
    put("on")
    name()
    directives(isConst: false)
    selectionSet()
  }

  private mutating func schema() {
    let isExtension = generator.once(in: 3)
    if isExtension { put("extend") } else { maybe(3) { $0.description() } }
    put("schema")
    directives(isConst: true)
    put("{")
    several(2) { writer in
      writer.put(writer.generator.pick(["query", "mutation", "subscription"]))
      writer.put(":")
      writer.name()
    }
    put("}")
  }

  private mutating func directiveDefinition() {
    maybe(3) { $0.description() }
    put("directive")
    put("@")
    name()
    arguments(isDefined: true)
    maybe(3) { $0.put("repeatable") }
    put("on")
    maybe(3) { $0.put("|") }
    location()
    maybe(2) { writer in
      writer.several(3) {
        $0.put("|")
        $0.location()
      }
    }
  }

  private mutating func location() {
    put(
      generator.pick([
        "QUERY", "MUTATION", "SUBSCRIPTION", "FIELD", "FRAGMENT_DEFINITION", "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT", "VARIABLE_DEFINITION", "SCHEMA", "SCALAR", "OBJECT", "FIELD_DEFINITION",
        "ARGUMENT_DEFINITION", "INTERFACE", "UNION", "ENUM", "ENUM_VALUE", "INPUT_OBJECT",
        "INPUT_FIELD_DEFINITION",
      ]))
  }

  private mutating func typeDefinition() {
    if generator.once(in: 3) { put("extend") } else { maybe(3) { $0.description() } }
    switch generator.below(6) {
    case 0:
      put("scalar")
      name()
      put("@a")
      directives(isConst: true)
    case 1, 2:
      put(generator.pick(["type", "interface"]))
      safeName()
      maybe(2) { $0.implements() }
      directives(isConst: true)
      block { $0.fieldDefinition() }
    case 3:
      put("union")
      name()
      directives(isConst: true)
      put("=")
      maybe(2) { $0.put("|") }
      name()
      maybe(2) { writer in
        writer.several(2) {
          $0.put("|")
          $0.name()
        }
      }
    case 4:
      put("enum")
      name()
      directives(isConst: true)
      block { writer in
        writer.maybe(4) { $0.description() }
        writer.safeName()
        writer.directives(isConst: true)
      }
    default:
      put("input")
      name()
      directives(isConst: true)
      block { $0.inputValueDefinition() }
    }
  }

  private mutating func implements() {
    put("implements")
    maybe(3) { $0.put("&") }
    name()
    maybe(3) { writer in
      writer.put("&")
      writer.name()
    }
  }

  private mutating func block(_ write: (inout DocumentWriter) -> Void) {
    put("{")
    several(4, write)
    put("}")
  }

  private mutating func fieldDefinition() {
    maybe(4) { $0.description() }
    name()
    arguments(isDefined: true)
    put(":")
    type()
    directives(isConst: true)
  }

  private mutating func inputValueDefinition() {
    maybe(4) { $0.description() }
    name()
    put(":")
    type()
    maybe(2) { $0.defaultValue() }
    directives(isConst: true)
  }

  // MARK: Selections

  private mutating func selectionSet() {
    put("{")
    several(4) { $0.selection() }
    put("}")
  }

  private mutating func selection() {
    switch generator.below(8) {
    case 0:
      put("...")
      safeName()
      directives(isConst: false)
    case 1:
      put("...")
      maybe(2) {
        $0.put("on")
        $0.name()
      }
      directives(isConst: false)
      nested({ $0.selectionSet() }, or: { $0.put("{ a }") })
    default:
      name()
      maybe(4) {
        $0.put(":")
        $0.name()
      }
      arguments(isDefined: false)
      directives(isConst: false)
      maybe(3) { writer in writer.nested({ $0.selectionSet() }, or: { _ in }) }
    }
  }

  // MARK: Values

  private mutating func arguments(isDefined: Bool, isConst: Bool = false) {
    maybe(3) { writer in
      writer.put("(")
      writer.several(3) { writer in
        if isDefined { return writer.inputValueDefinition() }
        writer.name()
        writer.put(":")
        writer.value(isConst: isConst)
      }
      writer.put(")")
    }
  }

  private mutating func directives(isConst: Bool) {
    maybe(5) { writer in
      writer.several(2) { writer in
        writer.put("@")
        writer.name()
        writer.arguments(isDefined: false, isConst: isConst)
      }
    }
  }

  private mutating func type() {
    nested(
      { writer in
        if writer.generator.once(in: 4) {
          writer.put("[")
          writer.type()
          writer.put("]")
        } else {
          writer.name()
        }
      }, or: { $0.name() })
    maybe(3) { $0.put("!") }
  }

  private mutating func defaultValue() {
    put("=")
    value(isConst: true)
  }

  package mutating func value(isConst: Bool) {
    switch generator.below(10) {
    case 0 where !isConst: put(generator.pick(["$a", "$b", "$on", "$ x"]))
    case 1: put(generator.pick(["0", "-0", "1", "-12", "2147483648", "99999999999999999999"]))
    case 2: put(generator.pick(["0.0", "-1.5", "1e5", "1E-5", "0.1e+10", "1e400"]))
    case 3, 4: description()
    case 5: put(generator.pick(["true", "false", "null"]))
    case 6:
      nested(
        { writer in
          writer.put("[")
          writer.maybe(2) { writer in writer.several(3) { $0.value(isConst: isConst) } }
          writer.put("]")
        }, or: { $0.put("[]") })
    case 7:
      nested(
        { writer in
          writer.put("{")
          writer.maybe(2) { writer in
            writer.several(3) {
              $0.name()
              $0.put(":")
              $0.value(isConst: isConst)
            }
          }
          writer.put("}")
        }, or: { $0.put("{}") })
    default: put(generator.pick(["RED", "on", "type", "E", "_", "truest"]))
    }
  }
}
