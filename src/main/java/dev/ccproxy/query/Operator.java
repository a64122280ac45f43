package dev.ccproxy.query;

/** What stands between a key and its value. */
enum Operator {
    HAS(":"),
    EQUAL("="),
    GREATER(">"),
    AT_LEAST(">="),
    LESS("<"),
    AT_MOST("<=");

    private final String sign;

    Operator(String sign) {
        this.sign = sign;
    }

    String sign() {
        return sign;
    }

    /** Whether it orders, so that only one value makes sense. */
    boolean compares() {
        return switch (this) {
            case HAS, EQUAL -> false;
            case GREATER, AT_LEAST, LESS, AT_MOST -> true;
        };
    }
}
