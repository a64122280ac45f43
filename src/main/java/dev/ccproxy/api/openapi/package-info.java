/** Describes routes as OpenAPI 3.1, with schemas made from the records that the routes answer. */
@NullMarked
package dev.ccproxy.api.openapi;

import org.jspecify.annotations.NullMarked;
