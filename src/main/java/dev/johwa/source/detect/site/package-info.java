/// Pages that are served as files.
@NullMarked
package dev.johwa.source.detect.site;

import org.jspecify.annotations.NullMarked;
