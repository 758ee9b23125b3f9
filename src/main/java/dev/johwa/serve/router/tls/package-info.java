/// Inside the edge process: certificates by name, and how connections are encrypted with them.
@NullMarked
package dev.johwa.serve.router.tls;

import org.jspecify.annotations.NullMarked;
