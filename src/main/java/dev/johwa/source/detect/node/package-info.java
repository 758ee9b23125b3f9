/// Projects with a package.json.
@NullMarked
package dev.johwa.source.detect.node;

import org.jspecify.annotations.NullMarked;
