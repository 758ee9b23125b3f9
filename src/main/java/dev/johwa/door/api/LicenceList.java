package dev.johwa.door.api;

import java.util.List;

/// Licences of what is in an artifact, those that most packages have first.
///
/// @param unknown packages that tell none, by their purls
public record LicenceList(
        String app, int release, String artifact, List<Licence> licences, List<String> unknown, List<String> warnings) {
    public LicenceList {
        licences = List.copyOf(licences);
        unknown = List.copyOf(unknown);
        warnings = List.copyOf(warnings);
    }

    /// @param packages by their purls
    public record Licence(String licence, List<String> packages) {
        public Licence {
            packages = List.copyOf(packages);
        }
    }
}
