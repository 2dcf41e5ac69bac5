// The endpoint of GraphQL: which methods reach the pipeline.

import NIOHTTP1

/// `/graphql`: POST with a JSON body, GET for queries, and GET that asks for a WebSocket.
package func graphQLRoutes(_ pipeline: QueryPipeline, cors: CORS? = nil) -> [Route] {
  [
    Route(.POST, "/graphql", cors: cors) { pipeline.answer($0, $1) },
    Route(.GET, "/graphql", cors: cors) { request, responder in
      if asksForSocket(request) {
        openSocket(request, responder, pipeline: pipeline, cors: cors)
      } else {
        pipeline.answer(request, responder)
      }
    },
  ]
}
