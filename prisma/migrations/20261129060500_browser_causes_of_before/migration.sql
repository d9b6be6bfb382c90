-- Until now a case noted "not-me", a password that support switched off "password-reset" and a new role
-- "removed" as why the trust in a browser ended. The history shows these causes from now on, and which of
-- them were true cannot be known: they are not noted. Touches only trust that has ended.
UPDATE "trusted_browser" SET "ended_because" = NULL
WHERE "ended_because" IN ('not-me', 'password-reset', 'removed');
