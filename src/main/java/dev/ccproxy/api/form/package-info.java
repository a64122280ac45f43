/**
 * The JSON that the API answers, as records: component names are the names on the wire, and what may be null may be
 * absent. The OpenAPI schemas are made from these types; the suffix {@code Form} is left out there.
 *
 * <p>Points in time are milliseconds since 1970, spans of time milliseconds.
 */
@NullMarked
package dev.ccproxy.api.form;

import org.jspecify.annotations.NullMarked;
