package dev.johwa.source.dockerfile.syntax;

import java.util.List;
import java.util.Optional;

/// A Dockerfile in statements, as far as it could be read.
///
/// @param checks what `# check=` says
/// @param refusals in the order of their lines
/// @param emptyContinuations statements that have an empty line in their midst
public record Source(
        List<Statement> statements,
        char escape,
        Optional<String> syntax,
        Optional<String> checks,
        List<Refusal> refusals,
        List<Statement.Span> emptyContinuations) {

    public Source {
        statements = List.copyOf(statements);
        refusals = List.copyOf(refusals);
        emptyContinuations = List.copyOf(emptyContinuations);
    }

    /// @param lines that the statement takes
    public record Refusal(Refused why, Statement.Span lines) {}
}
