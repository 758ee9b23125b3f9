/// Rust: packages and workspaces of Cargo.
@NullMarked
package dev.johwa.source.detect.rust;

import org.jspecify.annotations.NullMarked;
