package dev.johwa.door.api;

import java.util.List;

/// What a look through all that a platform keeps has found.
///
/// @param broken how many of the findings are of something that does not work, or will not when it is needed
public record Examination(List<Area> areas, List<Finding> findings, int broken) {

    /// One kind of thing that was looked at.
    ///
    /// @param looked at how much, in words
    /// @param findings how many there are of it
    public record Area(String name, String looked, int findings, long millis) {}

    /// One thing that is not as it should be.
    ///
    /// @param harm [#BROKEN] or [#WARNING]
    /// @param area where it was found: `artifacts`, `repositories`
    /// @param what it is that has it: `shop release 3`
    /// @param wrong what is wrong with it
    /// @param means what comes of that
    /// @param next what to do
    public record Finding(String harm, String area, String what, String wrong, String means, String next) {
        /// Something does not work, or will not when it is needed.
        public static final String BROKEN = "broken";
        /// Nothing needs it now.
        public static final String WARNING = "warning";

        public boolean isOf(String someHarm) {
            return harm.equals(someHarm);
        }
    }
}
