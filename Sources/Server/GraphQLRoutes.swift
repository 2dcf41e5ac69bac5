// The endpoint of GraphQL: which methods reach the pipeline.

import NIOHTTP1

/// `/graphql`: POST with a JSON body, GET for queries.
package func graphQLRoutes(_ pipeline: QueryPipeline, cors: CORS? = nil) -> [Route] {
  [
    Route(.POST, "/graphql", cors: cors) { pipeline.answer($0, $1) },
    Route(.GET, "/graphql", cors: cors) { pipeline.answer($0, $1) },
  ]
}
