/// The stages that make a resolved model of compose files, in the order of Compose's own reader (compose-go 2.16):
/// documents → references filled in → included files → `extends` → merged with the files before → checked → one form
/// for each key → defaults → paths → what follows from it → the model.
@NullMarked
package dev.johwa.source.compose.load;

import org.jspecify.annotations.NullMarked;
