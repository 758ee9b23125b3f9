package dev.johwa.watch.advisory.version;

import java.util.List;

/// Numbers of any length, as text.
final class Numbers {
    private Numbers() {}

    static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(Numbers::isDigit);
    }

    static boolean isDigit(int letter) {
        return letter >= '0' && letter <= '9';
    }

    /// @param one digits; none are zero
    static int compare(String one, String other) {
        var left = plain(one);
        var right = plain(other);
        return left.length() != right.length() ? Integer.compare(left.length(), right.length()) : left.compareTo(right);
    }

    private static String plain(String digits) {
        int start = 0;
        while (start < digits.length() && digits.charAt(start) == '0') {
            start++;
        }
        return digits.substring(start);
    }

    /// One after the other; what is missing is zero.
    static int compare(List<String> one, List<String> other) {
        int order = 0;
        for (int i = 0; order == 0 && i < Math.max(one.size(), other.size()); i++) {
            order = compare(i < one.size() ? one.get(i) : "", i < other.size() ? other.get(i) : "");
        }
        return order;
    }
}
