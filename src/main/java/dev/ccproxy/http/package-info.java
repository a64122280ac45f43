/** HTTP vocabulary without a server: headers, hop-by-hop rules, bytes, redaction, endpoints. */
@NullMarked
package dev.ccproxy.http;

import org.jspecify.annotations.NullMarked;
