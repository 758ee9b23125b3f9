/// Looks through all that a platform keeps: whether it is whole, and whether what one part names is there in another.
///
/// Face: [Doctor], [Stored]. A [Look] for each kind of thing → findings: what is wrong with what, what comes of it, and
/// what to do. It changes nothing but that a damaged blob is set aside, as whenever one is read. Must never know
/// whether a control plane works meanwhile.
@NullMarked
package dev.johwa.main.doctor;

import org.jspecify.annotations.NullMarked;
