/// A built folder becomes an artifact, and an artifact becomes a folder again.
///
/// Face: [Images], [Artifact]. folder → layers split by how often they change → OCI manifest by digest in lib.blob →
/// unpacked once per digest, by hard link. Equal bytes give an equal digest. Must never know commits, apps or releases.
@NullMarked
package dev.johwa.build.image;

import org.jspecify.annotations.NullMarked;
