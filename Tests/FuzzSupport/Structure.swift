// A syntax tree comes in, its structure leaves as text, without where things stand: what parsing a
// printed document has to give back.

import GraphQLSyntax

/// The structure of a document, of a value or of whatever tree they are made of.
package func structure(of tree: Any) -> String {
  var text = ""
  write(tree, to: &text)
  return text
}

private func write(_ node: Any, to text: inout String) {
  switch node {
  case is SourceRange, is Source:
    return
  case let string as String:
    text += quotedString(string)
  case let literal as StringLiteral:
    // A value that a block string cannot stand for is printed in quotes.
    text += literal.isBlock && isPrintableAsBlock(literal.value) ? "block " : ""
    text += quotedString(literal.value)
  case let operation as OperationDefinition where operation.isShorthand:
    text += "shorthand"
    write(operation.selectionSet, to: &text)
  default:
    let mirror = Mirror(reflecting: node)
    guard !mirror.children.isEmpty else {
      if mirror.displayStyle == .enum || !(mirror.displayStyle == .collection) { text += "\(node)" }
      return
    }
    text += "("
    for child in mirror.children {
      if child.label == "range" { continue }
      if let label = child.label { text += "\(label) " }
      write(child.value, to: &text)
      text += ";"
    }
    text += ")"
  }
}
