/// What a regular expression finds at most, as bytes: it is read, then looked for without making a text of each line.
@NullMarked
package dev.johwa.watch.log.outline;

import org.jspecify.annotations.NullMarked;
