/** The dashboard's REST API, its OpenAPI description and its files. */
@NullMarked
package dev.ccproxy.api;

import org.jspecify.annotations.NullMarked;
