package dev.johwa.source.compose.form;

import java.util.List;
import java.util.stream.Collectors;

/// What may be written at a place.
sealed interface Shape {
    /// How it is told to a person.
    String expected();

    /// A scalar of a kind: `text`, `number`, `integer`, `bool` or `null`.
    record Plain(String kind) implements Shape {
        @Override
        public String expected() {
            return switch (kind) {
                case "text" -> "a text";
                case "number" -> "a number";
                case "integer" -> "a whole number";
                case "bool" -> "true or false";
                case String _ -> "nothing";
            };
        }
    }

    /// One of some texts.
    record Choice(List<String> texts) implements Shape {
        @Override
        public String expected() {
            return "one of " + String.join(", ", texts);
        }
    }

    /// A text of a form that has a name.
    record Formed(String form) implements Shape {
        @Override
        public String expected() {
            return form.equals("pull_policy")
                    ? "one of always, never, missing, build, refresh, daily, weekly, every_6h"
                    : "a name of letters, digits, '_', '.' and '-'";
        }
    }

    /// A whole number within bounds.
    record Bounded(long least, long most) implements Shape {
        @Override
        public String expected() {
            return most == Long.MAX_VALUE
                    ? "a whole number from " + least + " on"
                    : "a whole number from " + least + " to " + most;
        }
    }

    record ListOf(Shape item, boolean isOnce) implements Shape {
        @Override
        public String expected() {
            return "a list";
        }
    }

    /// @param names which keys there may be: `any`, `name` or `lower`
    /// @param isClosed whether other keys are wrong; else they are left alone
    record MapOf(String names, boolean isClosed, Shape value) implements Shape {
        @Override
        public String expected() {
            return "a map";
        }
    }

    /// A map with the keys of a section.
    record Keyed(String section) implements Shape {
        @Override
        public String expected() {
            return "a map";
        }
    }

    /// Any map.
    record AnyMap() implements Shape {
        @Override
        public String expected() {
            return "a map";
        }
    }

    record Either(List<Shape> shapes) implements Shape {
        @Override
        public String expected() {
            return shapes.stream().map(Shape::expected).distinct().collect(Collectors.joining(" or "));
        }
    }

    /// Whether nothing may stand there.
    default boolean takesNothing() {
        return this instanceof Plain(String kind) && kind.equals("null")
                || this instanceof Either(List<Shape> shapes) && shapes.stream().anyMatch(Shape::takesNothing);
    }
}
