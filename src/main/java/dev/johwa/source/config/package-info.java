/// Settings: what a project says, what its environment says, what the server says, and the convention.
///
/// Face: [Configs], [ProjectFile], [ServerSpec], [Settings], [Origin], [Values]. johwa.yaml and server spec (text →
/// tree with marks → records, all errors at once) → layers → effective values, each with its origin; [Written] turns
/// them into text again, and the schema comes from the same table of keys. Environment values and secrets are kept
/// here, secrets encrypted. Must never know what is done with a setting.
@NullMarked
package dev.johwa.source.config;

import org.jspecify.annotations.NullMarked;
