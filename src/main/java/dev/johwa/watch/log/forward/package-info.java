/// Fluentd's forward protocol v1, the side of a server.
@NullMarked
package dev.johwa.watch.log.forward;

import org.jspecify.annotations.NullMarked;
