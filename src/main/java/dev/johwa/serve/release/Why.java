package dev.johwa.serve.release;

/// Why a run is released once more: what is other than the last time.
public enum Why {
    SETTINGS,
    SECRETS,
    /// Nothing is other: somebody wanted it once more, or the one before failed.
    AGAIN;

    /// @param before of the same run in the same place
    static Why of(Release release, Release before) {
        if (!before.settings().equals(release.settings())) {
            return SETTINGS;
        }
        return before.secretsVersion() == release.secretsVersion() ? AGAIN : SECRETS;
    }
}
