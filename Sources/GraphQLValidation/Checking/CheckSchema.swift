// The texts of a schema come in, one or several files, the schema leaves; what is no GraphQL, or no
// valid schema, is refused here, all of it, each at its place in its own file.

package import GraphQLSyntax
package import GraphQLTypes

/// Makes one schema out of all sources.
///
/// Where a source is malformed only that is told: what the others lack may stand in it.
/// - Parameter base: a valid schema that the sources extend.
package func checkSchema(
  _ sources: [Source], extending base: Schema? = nil, limits: ParseLimits = ParseLimits()
) throws(Findings) -> Schema {
  let documents = try parseAll(sources, limits: limits)
  do {
    return try makeSchema(from: documents, extending: base)
  } catch {
    throw Findings(error)
  }
}

/// Every source as a document.
func parseAll(_ sources: [Source], limits: ParseLimits) throws(Findings) -> [Document] {
  var documents: [Document] = []
  var findings: [Finding] = []
  for source in sources {
    do {
      documents.append(try parse(source, limits: limits))
    } catch {
      findings.append(Finding(error, in: source))
    }
  }
  if findings.isEmpty { return documents }
  throw Findings(findings)
}
