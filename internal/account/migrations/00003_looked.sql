-- +goose Up
-- Microseconds since 1970, as archives count what comes in: much may come in within one second.
UPDATE looked SET at = at * 1000000;
