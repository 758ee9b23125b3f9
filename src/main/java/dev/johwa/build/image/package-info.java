/// A built folder becomes an artifact, and an artifact becomes a folder again.
///
/// Face: [Images], [Artifact], [ImageFacts], [ContextTar]. folder → layers split by how often they change → OCI
/// manifest by digest in lib.blob → unpacked once per digest, by hard link. Equal bytes give an equal digest. What a
/// container engine saved becomes an artifact of the same form, and is never unpacked. Must never know commits, apps or
/// releases.
@NullMarked
package dev.johwa.build.image;

import org.jspecify.annotations.NullMarked;
