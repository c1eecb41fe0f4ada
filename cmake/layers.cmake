# SPDX-License-Identifier: Apache-2.0
# layers.cmake - one static library per folder of src/, in the order of src/LAYERS.

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/LAYERS)
file(STRINGS ${CMAKE_SOURCE_DIR}/src/LAYERS rules REGEX "^[a-z]+:")
set(layers)       # all that have files, lowest first
foreach(rule IN LISTS rules)
  string(REGEX MATCHALL "[a-z]+" names "${rule}")
  list(POP_FRONT names layer)
  file(GLOB sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/src/${layer}/*.c)
  set(layer_${layer}_below)
  foreach(name IN LISTS names)
    if(TARGET layer_${name})
      list(APPEND layer_${layer}_below layer_${name})
    endif()
  endforeach()
  if(sources)
    add_library(layer_${layer} STATIC ${sources})
    target_link_libraries(layer_${layer} PUBLIC mote_options)
    list(APPEND layers layer_${layer})
  endif()
endforeach()

# Each instruction's body ends in its own indirect jump: gcc must not merge them again, nor keep in
# registers what every one of them would have to save.
if(CMAKE_C_COMPILER_ID STREQUAL "GNU")
  set_property(SOURCE ${CMAKE_SOURCE_DIR}/src/vm/interp.c APPEND PROPERTY
    COMPILE_OPTIONS -fno-gcse -fno-crossjumping)
endif()
