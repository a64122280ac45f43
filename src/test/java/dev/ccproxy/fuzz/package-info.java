/** Breeds damaged input for what reads bytes from outside, guided by the code that it reaches. */
@org.jspecify.annotations.NullMarked
package dev.ccproxy.fuzz;
