/// How lines lie on the disk: journals, and blocks of segments.
@NullMarked
package dev.johwa.watch.log.store;

import org.jspecify.annotations.NullMarked;
