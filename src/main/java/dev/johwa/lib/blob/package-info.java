/// Bytes kept once, named by their digest, checked whenever they are read.
///
/// Face: [Digest], [Blobs]. Must never know what the bytes mean.
@NullMarked
package dev.johwa.lib.blob;

import org.jspecify.annotations.NullMarked;
