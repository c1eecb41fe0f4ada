# SPDX-License-Identifier: Apache-2.0
# options.cmake - flags that all of Mote's C files share.

add_library(mote_options INTERFACE)
target_include_directories(mote_options INTERFACE ${CMAKE_SOURCE_DIR}/include ${CMAKE_SOURCE_DIR}/src)
# What gcc guesses about initialisation changes with each inlining.
target_compile_options(mote_options INTERFACE -Wall -Wextra -fno-common
  $<$<C_COMPILER_ID:GNU>:-Wno-maybe-uninitialized>)
if(MOTE_WERROR)
  target_compile_options(mote_options INTERFACE -Werror)
endif()

# An address that is known when linking saves the interpreter a register.
if(NOT MOTE_SANITIZE AND NOT CMAKE_CROSSCOMPILING)
  target_compile_options(mote_options INTERFACE -fno-pie)
  target_link_options(mote_options INTERFACE -no-pie)
endif()

if(MOTE_M32)
  target_compile_options(mote_options INTERFACE -m32 -msse2 -mfpmath=sse)
  target_link_options(mote_options INTERFACE -m32)
endif()

if(MOTE_SANITIZE)
  set(sanitize -fsanitize=${MOTE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  if(MOTE_SANITIZE MATCHES undefined)
    list(APPEND sanitize -fno-sanitize=alignment)
  endif()
  target_compile_options(mote_options INTERFACE ${sanitize})
  target_link_options(mote_options INTERFACE ${sanitize})
endif()

foreach(choice MOTE_SWITCH MOTE_COVERAGE)
  if(${choice})
    target_compile_definitions(mote_options INTERFACE ${choice})
  endif()
endforeach()

# Stress builds look for what depends on luck: an address kept over a collection, a slice that ends
# where nobody thought of it.
if(MOTE_STRESS STREQUAL "gc")
  target_compile_definitions(mote_options INTERFACE MOTE_STRESS_GC)
elseif(MOTE_STRESS STREQUAL "move")
  target_compile_definitions(mote_options INTERFACE MOTE_STRESS_GC MOTE_STRESS_MOVE)
elseif(MOTE_STRESS STREQUAL "preempt")
  target_compile_definitions(mote_options INTERFACE SLICE_REDUCTIONS=1)
elseif(MOTE_STRESS STREQUAL "alloc")
  target_compile_definitions(mote_options INTERFACE MOTE_STRESS_ALLOC)
elseif(MOTE_STRESS)
  message(FATAL_ERROR "MOTE_STRESS is gc, move, preempt or alloc, not ${MOTE_STRESS}")
endif()
