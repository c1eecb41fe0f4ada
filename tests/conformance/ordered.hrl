%% SPDX-License-Identifier: Apache-2.0
%% ordered.hrl - How terms are printed: maps in the order of their keys, which releases since 26 leave
%% open for maps that are small; and what only some releases are asked.

-ifndef(TERM).
-if(?OTP_RELEASE >= 26).
-define(TERM, "~0tkp").
-else.
-define(TERM, "~0tp").
-endif.
%% What only earlier releases of OTP answer alike.
-define(BEFORE(Release, List), [Element || Element <- List, ?OTP_RELEASE < Release]).
-endif.
