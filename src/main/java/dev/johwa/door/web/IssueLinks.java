package dev.johwa.door.web;

import dev.johwa.door.api.IssueLink;
import java.util.List;

/// Finds issues of a project's home in a text.
@FunctionalInterface
interface IssueLinks {
    /// Of a project whose home is here.
    IssueLinks NONE = text -> List.of();

    /// Each once, in the order of the text.
    List<IssueLink> in(String text);
}
